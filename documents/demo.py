"""Demonstration data: legal documents with their files and relations, and the agencies that show them."""

import json
import zlib
from datetime import date, datetime, time
from pathlib import Path

from django.utils import timezone

from documents import statistics_demo
from documents.demo_files import attach
from documents.linking import link_relations
from documents.models import Document, DocumentType, Issuer, Relation, Sector, Showing
from documents.seed import seed
from portal.agencies.models import Agency
from portal.publishing import bygone, duties, editing
from portal.publishing.signals import changing
from portal.publishing.workflow import carry_out
from portal.text.numbers import number_key
from portal.workdays.calendars import add_working_days, read_calendar

FIXTURES = Path(__file__).parent / "fixtures"
SEED_TEXT = "quyet-dinh-16-2017.txt"
KINDS = Agency.Kind
GROUPS = {
    "@departments": (KINDS.OFFICE, KINDS.DEPARTMENT, KINDS.INSPECTORATE, KINDS.COMMITTEE, KINDS.MANAGEMENT_BOARD),
    "@districts": (KINDS.DISTRICT, KINDS.CITY),
}
LATE, NEVER, NEW = 11, 17, date(2026, 10, 1)  # one in so many is late, one in so many of the new ones not shown yet


def load(say):
    seed()
    rows = sorted(read(), key=lambda row: row["issued_on"])
    desk = Desk()
    due = [row for row in rows if desk.published_at(row) <= timezone.now()]  # clocks differ
    for number, row in enumerate(due):
        if number % 50 == 0:
            say(f"documents {number} of {len(due)}")
        desk.publish(row)
    for row in due:
        desk.relate(row)
    link_relations()
    _on_their_way(desk)
    statistics_demo.load(say)


def read():
    return json.loads((FIXTURES / "demo_documents.json").read_text())


def _crc(*parts):
    return zlib.crc32(" ".join(map(str, parts)).encode())


class Desk:
    """Enters documents in the names of the people of each site's board."""

    def __init__(self):
        self.calendar, self.people = read_calendar(), bygone.people()
        self.types = {row.code: row for row in DocumentType.objects.all()}
        self.issuers = {row.code: row for row in Issuer.objects.select_related("agency")}
        self.sectors = {row.code: row for row in Sector.objects.all()}
        self.agencies = list(Agency.objects.filter(site__isnull=False))
        self.province = next(agency for agency in self.agencies if agency.parent_id is None)
        self.there = set(Document.objects.values_list("number", "issuer__code", "event_date"))

    def published_at(self, row):
        """Mostly within the two working days of Article 9.1 c, sometimes a day or two later."""
        issued, number = date.fromisoformat(row["issued_on"]), _crc(row["number"])
        wait = 3 + number % 2 if number % LATE == 0 else 1 + number % 2
        return self._moment(issued, wait, number)

    def _moment(self, day, working_days, number):
        shown = add_working_days(day, working_days, calendar=self.calendar)
        return timezone.make_aware(datetime.combine(shown, time(8 + number % 8, number % 60)))

    def publish(self, row):
        if (row["number"], row["issuer"], date.fromisoformat(row["issued_on"])) in self.there:
            return
        document, scope = self.document(row), self.scope(row)
        document.chosen_scope = scope
        at = self.published_at(row)

        def complete(document):
            document.in_scope.set(scope)
            attach(document, row["files"])

        bygone.enter(document, at, board=self.people[document.agency_id], complete=complete)
        self._show(document, scope)

    def document(self, row):
        issuer = self.issuers[row["issuer"]]
        names = ("number", "kind", "signer", "signer_office", "summary_vi", "summary_en")
        return Document(
            agency=issuer.agency or self.province,
            issuer=issuer,
            type=self.types[row["type"]],
            sector=self.sectors[row["sector"]],
            event_date=_day(row["issued_on"]),
            effective_on=_day(row["effective_on"]),
            expires_on=_day(row["expires_on"]),
            source="Văn phòng Ủy ban nhân dân tỉnh" if issuer.agency else "Cơ sở dữ liệu quốc gia về văn bản pháp luật",
            full_text=row["body"] or (FIXTURES / SEED_TEXT).read_text(),
            **{name: row[name] for name in names},
        )

    def scope(self, row):
        kinds = {kind for name in row["in_scope"] for kind in GROUPS.get(name, ())}
        return [agency for agency in self.agencies if agency.kind in kinds or agency.code in row["in_scope"]]

    def _show(self, document, scope):
        """Each agency in scope shows it, mostly within the ten working days of Article 9.1 c."""
        shown = []
        for agency in scope:
            number = _crc(document.number, agency.code)
            wait = 11 + number % 5 if number % LATE == 0 else 2 + number % 8
            at = self._moment(document.event_date, wait, number)
            left_out = document.event_date >= NEW and number % NEVER == 0
            if agency.pk != document.agency_id and at <= timezone.now() and not left_out:
                by = bygone.editor(self.people[agency.pk])
                shown.append(Showing(document=document, agency=agency, shown_at=at, by=by))
        Showing.objects.bulk_create(shown)
        duties.keep(document)
        changing.send(Document, item=document)

    def relate(self, row):
        document = self._stored(row)
        if document.relations_out.exists():
            return
        for found in row["relations"]:
            target = Document.objects.filter(number_key=number_key(found["target"])).first()
            relation = Relation(
                source=document,
                kind=found["kind"],
                target=target,
                target_number="" if target else found["target"],
                target_date=_day(found.get("target_date")),
                provision=found["provision"],
                effective_on=_day(found["effective_on"]),
                until=_day(found["until"]),
                note=found["note_vi"],
                proposed_by=document.created_by,
                proposed_at=document.publish_at,
            )
            relation.full_clean()
            relation.save()

    def _stored(self, row):
        return Document.objects.get(
            number_key=number_key(row["number"]), issuer__code=row["issuer"], event_date=row["issued_on"]
        )


def _day(text):
    return date.fromisoformat(text) if text else None


# --- on their way -----------------------------------------------------------------------------------------------------

# what the board of the portal has in hand: number, type, subject, text, and how far it has come
IN_HAND = [
    (
        "15/CT-UBND",
        "chi-thi",
        "Tăng cường công tác phòng, chống rét cho cây trồng, vật nuôi vụ Đông Xuân",
        "Điều 1. Ủy ban nhân dân các xã, phường, đặc khu rà soát, thống kê số hộ chăn nuôi, diện tích mạ và rau màu có "
        "nguy cơ bị ảnh hưởng của rét đậm, rét hại.\nĐiều 2. Sở Nông nghiệp và Môi trường hướng dẫn kỹ thuật che chắn "
        "chuồng trại, dự trữ thức ăn, thời vụ gieo sạ.",
        [],
    ),
    (
        "2251/QĐ-UBND",
        "quyet-dinh",
        "Phê duyệt Kế hoạch kiểm tra việc cung cấp thông tin trên các Trang thông tin điện tử",
        "Điều 1. Phê duyệt kèm theo Quyết định này Kế hoạch kiểm tra việc cung cấp thông tin trên các Trang thông tin "
        "điện tử của các cơ quan, địa phương.\nĐiều 2. Quyết định này có hiệu lực kể từ ngày ký.",
        ["submit"],
    ),
]


def _on_their_way(desk):
    """Documents of the last days, which the board has in hand, each by the ordinary way."""
    board, issuer = desk.people[desk.province.pk], desk.issuers[desk.province.code]
    for number, kind, summary, text, walk in IN_HAND:
        if Document.objects.filter(number=number, issuer=issuer).exists():
            continue
        document = Document(
            agency=desk.province,
            issuer=issuer,
            type=desk.types[kind],
            number=number,
            kind=Document.Kind.ADMINISTRATIVE,
            event_date=timezone.localdate(),
            summary_vi=summary,
            full_text=text,
            source="Văn phòng Ủy ban nhân dân tỉnh",
        )
        editing.store(document, by=bygone.editor(board))
        attach(document, ["pdf"])
        for step in walk:
            document = carry_out(step, document, by=bygone.editor(board), declared=True)
