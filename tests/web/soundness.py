"""What is wrong with a page: its markup, its names, its headers."""

from itertools import pairwise

from tests.architecture.markup import markup_breaches

POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "manifest-src": {"'self'"},
    "form-action": {"'self'"},
    "base-uri": {"'none'"},
    "object-src": {"'none'"},
    "frame-ancestors": {"'none'"},
}


def faults(page):
    """Sentences about what is wrong with the markup of a page."""
    return [
        *page.mistakes,
        *[sentence for _line, sentence in markup_breaches(page.source)],
        *_faults_of_headings(page),
        *_faults_of_fields(page),
        *_faults_of_names(page),
        *["a picture without alt" for row in page.all("img") if row.get("alt") is None],
        *["a link or button without words" for row in page.all("a", "button", "summary") if not _name(page, row)],
        *["html without lang"] * (page.one("html").get("lang") not in ("vi", "en")),
        *["no title"] * (not page.one("title").text),
        *["no description"] * (not page.one("meta", name="description")["content"]),
        *["not one main"] * (len(page.all("main")) != 1),
    ]


def _faults_of_headings(page):
    levels = [int(row.tag[1]) for row in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    found = [] if levels.count(1) == 1 else [f"{levels.count(1)} times h1"]
    found += [] if levels[:1] == [1] else ["the first heading is not h1"]
    return found + [f"h{new} follows h{old}" for old, new in pairwise(levels) if new > old + 1]


def _faults_of_fields(page):
    labels = {row.get("for") for row in page.all("label")}
    fields = [row for row in page.all("input", "select", "textarea") if row.get("type") != "hidden"]
    return [f"no label for {row.get('name')}" for row in fields if row.get("id") not in labels]


def _faults_of_names(page):
    names = [row["id"] for row in page.elements if row.get("id")]
    found = [f"two elements are called {name}" for name in sorted(set(names)) if names.count(name) > 1]
    for row in page.elements:
        wanted = (row.get("aria-labelledby") or "").split() + ([row.get("for")] if row.tag == "label" else [])
        wanted += [row["href"][1:]] if (row.get("href") or "").startswith("#") else []
        found += [f"nothing is called {name}" for name in wanted if name not in names]
    return found


def _name(page, row):
    """The words of a link or button, or those that describe its picture."""
    pictures = [image.get("alt") for image in page.all("img") if row in image.parents]
    return row.text or row.get("aria-label") or "".join(filter(None, pictures))


def header_faults(response):
    headers = response.headers
    policy = {row.split()[0]: set(row.split()[1:]) for row in headers["Content-Security-Policy"].split(";")}
    expected = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    wrong = [name for name, value in expected.items() if headers.get(name) != value]
    sandboxed = policy == {"sandbox": set(), "default-src": {"'none'"}} and "Content-Disposition" in headers
    wrong += [] if policy == POLICY or sandboxed else [headers["Content-Security-Policy"]]
    cookies = ["a cookie"] if response.cookies or "Set-Cookie" in headers else []
    return wrong + cookies + (["varies on Cookie"] if "Cookie" in headers.get("Vary", "") else [])
