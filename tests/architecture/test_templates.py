from pathlib import Path, PurePath

import pytest

from tests.architecture.markup import is_well_named, markup_breaches

PROJECT = Path(__file__).parents[2]
NOT_OURS = {".venv", "var", "tests"}
# mail programs read no style sheet, and no policy of ours reaches them
LETTER = PurePath("notices/letter.html")


def template_folders():
    folders = [folder for folder in PROJECT.rglob("templates") if folder.is_dir()]
    return [folder for folder in folders if folder.relative_to(PROJECT).parts[0] not in NOT_OURS]


TEMPLATES = {
    path: path.relative_to(folder)
    for folder in template_folders()
    for path in sorted(folder.rglob("*"))
    if path.is_file()
}


def test_there_are_templates_to_check():
    assert TEMPLATES


def test_no_template_holds_what_the_content_security_policy_blocks():
    found = [
        f"{path.relative_to(PROJECT)}:{line}: {sentence}"
        for path, name in TEMPLATES.items()
        if name != LETTER
        for line, sentence in markup_breaches(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


def test_every_template_is_named_by_the_rule():
    assert [str(path) for path in TEMPLATES.values() if not is_well_named(path)] == []


@pytest.mark.parametrize(
    "source",
    [
        '<p style="color: red">',
        "<p STYLE='x'>",
        "<script>go()</script>",
        '<script type="module">go()</script>',
        '<script type="application/json">{}</script>',
        '<a onclick="go()">',
        '<body {% if x %}onload="go()"{% endif %}>',
        "<style>p {}</style>",
        '<a href=" JavaScript:go()">',
        '<svg><rect style="fill: red"/></svg>',
    ],
)
def test_inline_style_and_script_are_refused(source):
    ((line, _sentence),) = markup_breaches(f"{{# one\ntwo #}}\n{source}")
    assert line == 3


@pytest.mark.parametrize(
    "source",
    [
        '<script src="{% static "portal.js" %}" defer></script>',
        '<script type="application/ld+json">{"@type": "NewsArticle"}</script>',
        '<p class="{% if on %}one{% else %}style=two{% endif %}">onclick="x" style="x"</p>',
        "{% comment %}<p style='x'>{% endcomment %}{# <a onclick='x'> #}<!-- <p style='x'> -->",
        "{{ data|json_script }}",
    ],
)
def test_other_markup_passes(source):
    assert markup_breaches(source) == []


@pytest.mark.parametrize(
    ("path", "well_named"),
    [
        ("news/article_detail.html", True),
        ("news/_article_card.html", True),
        ("base.html", True),
        ("404.html", True),
        ("search/opensearch.xml", True),
        ("notices/mail.vi.txt", True),
        ("news/ArticleDetail.html", False),
        ("News/article.html", False),
        ("news/article-detail.html", False),
        ("news/bài_viết.html", False),
        ("news/article detail.html", False),
        ("news/article.html.", False),
        ("news/article", False),
        ("news/__article.html", False),
    ],
)
def test_the_naming_rule(path, well_named):
    assert is_well_named(PurePath(path)) == well_named
