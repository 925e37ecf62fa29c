"""Items in any number for measuring: their sentences are those of the demonstration, their names are made up."""

import json
import random
import re
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from django.utils import timezone
from django.utils.html import strip_tags

from documents.models import Document, DocumentType, Issuer, Sector
from documents.seed import seed as seed_documents
from news.models import Article, Rubric
from portal.accounts.models import User
from portal.agencies import demo as agencies_demo
from portal.agencies.models import Agency
from portal.editorial.roles import State
from portal.subsites import demo as sites_demo
from portal.text.fold import fold
from portal.text.numbers import number_key
from portal.text.slugs import slugify_vi
from tests.makers import make_rubric

FIRST, LAST = date(2005, 1, 3), date(2026, 11, 20)
ONE_DOCUMENT_IN = 5  # items
AT_ONCE = 1000
ONSETS = ["b", "ch", "d", "đ", "h", "l", "m", "n", "nh", "ph", "s", "t", "th", "tr", "v", "x"]
RIMES = ["á", "ả", "ãi", "ạo", "ăng", "ấm", "ẩn", "ậu", "én", "ẻo", "ếch", "ễnh", "ín", "óc", "ỏng", "õi", "ọt", "ốc"]
RIMES += [
    "ổn",
    "ỗng",
    "ộp",
    "ớt",
    "ợp",
    "úc",
    "ủng",
    "ũi",
    "ụt",
    "ức",
    "ửng",
    "ương",
    "iến",
    "uổi",
    "uộc",
    "oài",
    "uyết",
]
FOLDER = Path(__file__).parents[2]


def sentences():
    """Of the decision itself and of the news, without their figures, in pieces of at most 25 words."""
    texts = [(FOLDER / "documents/fixtures/quyet-dinh-16-2017.txt").read_text(encoding="utf-8")]
    for path in sorted((FOLDER / "news/fixtures/demo").glob("*.json")):
        found = json.loads(path.read_text(encoding="utf-8"))
        for row in found if isinstance(found, list) else [found]:
            texts += [strip_tags(row.get("body", "")), row.get("summary", "")]
    pieces = [re.findall(r"[^\W\d_]+", piece)[:25] for text in texts for piece in re.split(r"[.;:\n]", text)]
    return sorted({" ".join(piece) for piece in pieces if len(piece) > 4})


class Maker:
    """Makes items in their order; the same number of them is always the same."""

    def __init__(self):
        self.random, self.sentences = random.Random(16), sentences()
        self.by = User.objects.create_user("bench", full_name="Bench")
        self.agencies = list(Agency.objects.filter(site__isnull=False))
        self.rubrics, self.types = list(Rubric.objects.all()), list(DocumentType.objects.exclude(abbreviation=""))
        self.issuers, self.sectors = list(Issuer.objects.all()), list(Sector.objects.all())

    def name(self):
        first, second = (self.random.choice(ONSETS) + self.random.choice(RIMES) for _ in range(2))
        return f"{first.capitalize()} {second.capitalize()}"

    def text(self, count):
        return " ".join(f"{piece} {self.name()}." for piece in self.random.choices(self.sentences, k=count))

    def title(self):
        words = self.random.choice(self.sentences).split()
        return f"{' '.join(words[: self.random.randint(5, 11)])} {self.name()}"

    def make(self, count):
        """Adds `count` public items."""
        for start in range(0, count, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, count))
            Article.objects.bulk_create([self.article() for n in numbers if n % ONE_DOCUMENT_IN])
            Document.objects.bulk_create([self.document(n) for n in numbers if not n % ONE_DOCUMENT_IN])

    def article(self):
        fields = self.common(self.title())
        return Article(rubric=self.random.choice(self.rubrics), body_vi=f"<p>{self.text(5)}</p>", **fields)

    def document(self, serial):
        kind, day = self.random.choice(self.types), self.day()
        number = f"{serial % 99_000 + 1}/{day.year}/{kind.abbreviation}-UBND"
        fields = self.common(f"{kind.name_vi} {number}") | {"event_date": day}
        return Document(
            kind="administrative",
            type=kind,
            issuer=self.random.choice(self.issuers),
            sector=self.random.choice(self.sectors),
            number=number,
            number_key=number_key(number),
            number_serial=serial % 99_000 + 1,
            number_year=day.year,
            in_force_from=day,
            full_text=self.text(5),
            **fields,
        )

    def common(self, title):
        moment = timezone.make_aware(datetime.combine(self.day(), time(8)))
        return {
            "agency": self.random.choice(self.agencies),
            "title_vi": title[:250],
            "title_folded": fold(title[:250]),
            "slug": slugify_vi(title[:90]),
            "summary_vi": self.text(1)[:500],
            "author": "Hoài Yến",
            "source": "Cổng thông tin điện tử tỉnh",
            "state": State.PUBLISHED,
            "publish_at": moment,
            "first_published_at": moment,
            "created_by": self.by,
            "last_edited_by": self.by,
        }

    def day(self):
        """More of it the newer it is, as portals have it."""
        return LAST - timedelta(days=int((LAST - FIRST).days * self.random.random() ** 1.5))


def prepare():
    """Agencies, sites and what items are sorted by."""
    say = partial(str)
    agencies_demo.load(say)
    sites_demo.load(say)
    seed_documents()
    news = make_rubric()
    for code in ("thoi-su", "kinh-te", "van-hoa-xa-hoi"):
        make_rubric(code, parent=news)
