"""What is measured on the database of the settings; see `search`."""

import random
import statistics
import sys
import time

from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from news.models import Article
from portal.editorial.roles import State
from portal.publishing.signals import changing
from portal.search.indexing import rebuild
from portal.search.models import IndexEntry
from portal.search.query import parse
from portal.subsites.models import Site
from portal.text.fold import fold
from portal.web.searching import Search
from portal.web.views import PER_PAGE
from tests.bench.data import Maker, prepare

ROUNDS = 20  # different queries of each shape
OLD = {"tu": "2011-03-01", "den": "2011-03-31"}


class Bench:
    def __init__(self, size):
        self.size, self.random = size, random.Random(2017)
        translation.activate("vi")
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        prepare()
        self.maker = Maker()
        self._say(f"making {size // 2} items")
        self.maker.make(size // 2)
        self._say("building the index")
        self.rebuild_seconds = self._seconds(rebuild)
        self._sql("ANALYZE")
        self.client = Client(headers={"host": "localhost"})
        self.site = Site.objects.select_related("agency").get(label="")

    def _say(self, text):
        print(f"[{time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)

    def _seconds(self, work):
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    def _sql(self, statement, *parameters):
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []

    def report(self):
        print(f"\n{self.size:,} entries on {connection.vendor}\n")
        print("| Query | p50 | p95 | page p95 | plain p50 | ratio |")
        print("|---|---|---|---|---|---|")
        for name, queries in self.shapes().items():
            print(self._row(name, queries), flush=True)
        print()
        for line in self._costs():
            print(line, flush=True)

    # --- queries ------------------------------------------------------------------------------------------------------

    def shapes(self):
        """{name: [parameters of the address]}"""
        rows = self._sample()
        common = self._common()
        documents = [row for row in rows if row.category == "documents"] or rows
        numbers = [row.title.split()[-1] for row in documents]
        names = [" ".join(row.title.split()[-2:] + row.summary.split()[-2:]) for row in rows if row.category == "news"]
        pairs = [f"{first} {second}" for first in common for second in common if first != second]
        return {
            "whole number: 16/2017/QĐ-UBND": [{"q": number} for number in numbers],
            "part of a number: QĐ 16": [{"q": f"QĐ {number.split('/')[0]}"} for number in numbers],
            "four rare words": [{"q": name} for name in names],
            "whole title, without diacritics": [{"q": fold(row.title)} for row in rows],
            "phrase in quotes": [{"q": self._phrase(row)} for row in rows],
            "word of a third of all": [{"q": word} for word in common],
            "two such words": [{"q": pair} for pair in pairs],
            "such a word, one site": [{"q": word, "don_vi": self._code()} for word in common],
            "such a word, one old month": [{"q": word, **OLD} for word in common],
            "such a word, in force": [{"q": word, "tinh_trang": "con-hieu-luc"} for word in common],
            "such a word, page 50": [{"q": word, "trang": "50"} for word in common],
            "the same, the last begun": [{"q": name.rstrip(".")[:-1]} for name in names],
        }

    def _sample(self):
        ids = self.random.sample(range(1, self.size + 1), ROUNDS * 20)
        rows = IndexEntry.objects.filter(language="vi", pk__in=ids).defer("words")
        return list(rows.order_by("pk"))

    def _common(self):
        """The words that come nearest to standing in a third of the entries."""
        texts = [set(row.text_folded.split()) for row in self._sample()]
        words = sorted(set().union(*texts))
        share = {word: sum(word in text for text in texts) / len(texts) for word in words}
        return sorted(words, key=lambda word: abs(share[word] - 1 / 3))[:ROUNDS]

    def _phrase(self, row):
        words = row.body.split()
        start = self.random.randrange(max(len(words) - 5, 1))
        return '"' + " ".join(words[start : start + 4]) + '"'

    def _code(self):
        return self.random.choice(self.maker.agencies).code

    def _row(self, name, queries):
        queries = (queries * ROUNDS)[:ROUNDS]
        found, page, plain = [], [], []
        for query in queries:
            found.append(1000 * min(self._seconds(lambda query=query: self._find(query)) for _ in range(2)))
            page.append(1000 * self._seconds(lambda query=query: self._page(query)))
        plain = [
            1000 * min(self._seconds(lambda query=query: self._plain(query)) for _ in range(2)) for query in queries
        ]
        middle, usual = statistics.median(found), max(statistics.median(plain), 0.01)
        cells = [f"{middle:.0f}", f"{_p95(found):.0f}", f"{_p95(page):.0f}", f"{usual:.1f}", f"{middle / usual:.1f}"]
        return f"| {name} | {' | '.join(cells)} |"

    def _request(self, query):
        request = RequestFactory(headers={"host": "localhost"}).get("/tim-kiem/", query)
        request.site = request.root_site = self.site
        return request

    def _page(self, query):
        assert self.client.get("/tim-kiem/", query).status_code == 200

    def _find(self, query):
        asked = Search(self._request(query))
        start = (int(query.get("trang", 1)) - 1) * PER_PAGE
        return asked.entries_of(asked.found.rows[start : start + PER_PAGE])

    def _plain(self, query):
        entries = IndexEntry.objects.filter(language="vi").order_by("-dated_on", "-pk").only("pk")
        return list(entries.filter(words__match=parse(query["q"]).anywhere())[:PER_PAGE])

    # --- what the index costs -----------------------------------------------------------------------------------------

    def _costs(self):
        copied = self._seconds(lambda: self._sql("CREATE TABLE bench_copy AS SELECT * FROM search_indexentry"))
        ratio = self.rebuild_seconds / max(copied, 0.01)
        yield f"rebuild: {self.rebuild_seconds:.0f} s, {ratio:.0f} times a plain copy of the rows"
        whole, index = self._sizes()
        text = self._sql("SELECT sum(length(title) + length(summary) + length(body)) FROM bench_copy")[0][0] / 2**20
        yield f"size: {whole:.0f} MB, of it {index:.0f} MB index of words, {whole / text:.1f} bytes a letter"
        published = sorted(self._publish() for _ in range(ROUNDS))
        plain = sorted(self._touch() for _ in range(ROUNDS))
        middle, usual = statistics.median(published), statistics.median(plain)
        ratio = middle / usual
        yield f"published and found: p50 {middle:.0f} ms, p95 {published[-2]:.0f} ms, {ratio:.0f} times a plain update"

    def _sizes(self):
        """Megabytes of the table with its indexes, and of the index of words."""
        if connection.vendor == "postgresql":
            sizes = "pg_total_relation_size('search_indexentry'), pg_relation_size('entry_words')"
            row = self._sql(f"SELECT {sizes}")[0]
        else:
            row = [
                self._sql("SELECT sum(pgsize) FROM dbstat WHERE name LIKE %s", pattern)[0][0] or 0
                for pattern in ("%search%", "search_words%")
            ]
        return row[0] / 2**20, row[1] / 2**20

    def _publish(self):
        """From the change of an item to the moment at which it is found."""
        article = self.maker.article()
        article.title_vi = f"{self.maker.name()} {self.maker.name()} {self.maker.name()}"
        article.publish_at = article.first_published_at = timezone.now()
        article.save()

        def work():
            article.state = State.PUBLISHED
            changing.send(Article, item=article)
            assert self._find({"q": article.title_vi})[0].object_id == article.pk

        return 1000 * self._seconds(work)

    def _touch(self):
        pk = self.random.randint(1, self.size)
        return 1000 * self._seconds(
            lambda: self._sql("UPDATE search_indexentry SET archived = archived WHERE id = %s", pk)
        )


def _p95(values):
    return sorted(values)[int(len(values) * 0.95) - 1]
