"""Demonstration data: rubrics, some three hundred articles of two years, and a few on their way through the board."""

import csv
import io
import json
import re
import zlib
from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils import timezone

from news import illustrations
from news.models import Article, Rubric
from portal.agencies import trees
from portal.agencies.models import Agency, ContactPoint
from portal.editorial.models import AuditEvent, Membership
from portal.editorial.roles import Role, State
from portal.obligations import ledger
from portal.obligations.models import Obligation
from portal.publishing import duties, editing
from portal.publishing.models import Attachment
from portal.publishing.workflow import carry_out
from portal.search.indexing import rebuild
from portal.search.models import IndexEntry

FIXTURES = Path(__file__).parent / "fixtures"
DATE = re.compile(r"ngày (\d{1,2})/(\d{1,2})/(\d{4})")
OLD_LAW = timedelta(days=60)
OLD_LAW_REASON = "Bài nhắc lại văn bản đã được phổ biến trước đây."
DAYS_AGO = [6, 1, 4, 2, 3, 1, 5, 9]  # the events of what is still with the board
LANGUAGE_FIELDS = ["title", "summary", "body"]
VARIATIONS = 5  # pictures drawn for each motif
IN_PROGRESS = 8  # of the portal's own newest articles, these are still with the board
PICTURE_SOURCE = "Minh họa: Cổng TTĐT tỉnh Quảng Ngãi"


def load(say):
    _load_rubrics()
    rows = sorted(_read(), key=lambda row: row["date"])
    own = [row for row in rows if row["site"] == ""]
    in_progress = own[-IN_PROGRESS:]
    published = [row for row in rows if row not in in_progress]
    desk = Desk()
    for number, row in enumerate(published):
        if number % 50 == 0:
            say(f"articles {number} of {len(published)}")
        desk.publish(row)
    _attach_contacts()
    _on_their_way(desk, in_progress)
    _of_this_year(desk)
    rebuild()
    say(f"{IndexEntry.objects.count()} index entries")


def _read():
    for path in sorted((FIXTURES / "demo").glob("*.json")):
        yield from json.loads(path.read_text())


def _load_rubrics():
    for row in json.loads((FIXTURES / "demo_rubrics.json").read_text()):
        if not Rubric.objects.filter(code=row["code"]).exists():
            parent = row.pop("parent")
            row["point"] = row.get("point") or ""
            trees.save_node(Rubric(parent=Rubric.objects.get(code=parent) if parent else None, **row))


class Desk:
    """Writes articles in the names of the people of each site's board."""

    def __init__(self):
        self.rubrics = {rubric.code: rubric for rubric in Rubric.objects.all()}
        self.agencies = {agency.site.label: agency for agency in Agency.objects.select_related("site")}
        self.pictures = {}
        self.people = defaultdict(lambda: defaultdict(list))
        for row in Membership.objects.select_related("user", "board"):
            self.people[row.board.agency_id][row.role].append(row.user)

    def person(self, agency, *roles, number=0):
        found = [user for role in roles for user in self.people[agency.pk][role]]
        return found[number % len(found)]

    def draft(self, row):
        agency = self.agencies[row["site"]]
        number = zlib.crc32(row["title"].encode())
        writer = self.person(agency, Role.REPORTER, Role.EDITOR, number=number)
        article = Article(
            agency=agency,
            rubric=self.rubrics[row["rubric"]],
            author=row["author"],
            source=row["source"],
            legal_basis=row.get("legal_basis") or "",
            order_reference=row.get("order_reference") or "",
            event_date=_event_date(row, number),
            created_by=writer,
            last_edited_by=writer,
        )
        for name in LANGUAGE_FIELDS:
            setattr(article, f"{name}_vi", row[name])
            setattr(article, f"{name}_en", row.get(f"{name}_en") or "")
        self._illustrate(article, row, number)
        return article

    def _illustrate(self, article, row, number):
        """Each motif is drawn a few times; articles share the stored files."""
        if not row.get("motif"):
            return
        key = (row["motif"], number % VARIATIONS)
        if key not in self.pictures:
            stream = io.BytesIO()
            illustrations.draw(*key).save(stream, "JPEG", quality=92)
            article.picture.save("minh-hoa.jpg", ContentFile(stream.getvalue()), save=False)
            self.pictures[key] = article.picture.name
        article.picture = self.pictures[key]
        article.picture_alt_vi, article.picture_source = row["alt"], PICTURE_SOURCE
        article.picture_caption_vi = row.get("caption") or ""

    def publish(self, row):
        """Enters an article as it stood before this portal: with its own date, and with its audit."""
        if Article.objects.filter(title_vi=row["title"], agency=self.agencies[row["site"]]).exists():
            return
        article = self.draft(row)
        at = timezone.make_aware(datetime.fromisoformat(row["date"]))
        editor = self.person(article.agency, Role.EDITOR)
        head = self.person(article.agency, Role.HEAD, Role.DEPUTY, number=article.rubric_id)
        article.full_clean()
        article.save()
        self._enter_duties(article, at, head)
        article.state, article.publish_at, article.first_published_at = State.PUBLISHED, at, at
        article.last_edited_by, article.last_edited_at = editor, at - timedelta(hours=2)
        article.submitted_by, article.approved_by = editor, head
        article.save()
        duties.keep(article)
        for hours, action, person in [
            (3, "create", article.created_by),
            (2, "submit", editor),
            (0, "approve", head),
        ]:
            _audit(article, action, person, at - timedelta(hours=hours))

    def _enter_duties(self, article, at, head):
        """What the article owes; who explains an old law again is released from its time limit."""
        duties.follow(article, by=article.created_by)
        if article.event_date < timezone.localdate(at) - OLD_LAW:
            for duty in Obligation.objects.of(article).filter(code="D6"):
                ledger.waive(duty, by=head, reason=OLD_LAW_REASON)


def _event_date(row, number):
    """The day that the legal basis or the order names; of other news a day or two before, sometimes more."""
    reference = row.get("legal_basis") or row.get("order_reference") or ""
    if found := DATE.search(reference):
        day, month, year = map(int, found.groups())
        return date(year, month, day)
    written = datetime.fromisoformat(row["date"]).date()
    return written - timedelta(days=7 if number % 13 == 0 else number % 3)


def _audit(article, action, person, at):
    AuditEvent.objects.create(
        at=at,
        actor=person,
        actor_name=person.full_name,
        agency=article.agency,
        action=action,
        item=article,
        item_title=str(article),
    )


def _on_their_way(desk, rows):
    """Drafts, submissions, one scheduled, one withdrawn and one archived, each by the ordinary way."""
    walks = [[], [], ["submit"], ["submit"], ["submit", "return"], ["submit", "approve_later"]]
    walks += [["submit", "approve", "withdraw"], ["submit", "approve", "archive"]]
    for row, walk, days in zip(rows, walks, DAYS_AGO, strict=False):
        article = desk.draft(row)
        article.event_date = timezone.localdate() - timedelta(days=days)
        if Article.objects.filter(title_vi=article.title_vi).exists():
            continue
        editing.store(article, by=article.created_by)
        for step in walk:
            article = _step(desk, article, step)


def _of_this_year(desk):
    """What the law of these weeks asks for: some of it is overdue, kept late, kept in time or not yet due today."""
    today = timezone.localdate()
    for row in json.loads((FIXTURES / "demo_this_year.json").read_text()):
        day = f"{today - timedelta(days=row['days']):%d/%m/%Y}"
        dated = {name: row[name].format(day=day) for name in ("legal_basis", "order_reference") if name in row}
        article = desk.draft(row | dated)
        if Article.objects.filter(title_vi=article.title_vi).exists():
            continue
        if "order_due" in row:
            article.order_due = today - timedelta(days=row["order_due"])
        editing.store(article, by=article.created_by)
        for step in row["walk"]:
            article = _step(desk, article, step)


def _step(desk, article, step):
    head = desk.person(article.agency, Role.HEAD)
    if step == "submit":
        return carry_out("submit", article, by=article.created_by, declared=True)
    if step == "approve_later":
        return carry_out("approve", article, by=head, declared=True, at=timezone.now() + timedelta(days=3))
    notes = {
        "return": "Đề nghị bổ sung số liệu và ghi rõ nguồn của ảnh.",
        "withdraw": "Số liệu trong bài chưa được cơ quan chủ quản xác nhận.",
    }
    return carry_out(step, article, by=head, note=notes.get(step, ""), declared=step == "approve")


def _attach_contacts():
    """The offices that receive dossiers, as a table to download, with a few guides."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["Cơ quan", "Địa chỉ", "Điện thoại", "Thư điện tử"])
    for row in ContactPoint.objects.select_related("agency").order_by("agency__tree_id", "agency__lft"):
        table.writerow([row.agency.name_vi, row.address_vi, row.phone, row.email])
    content = out.getvalue().encode("utf-8-sig")
    for article in Article.objects.filter(rubric__code="huong-dan-chinh-sach", agency__parent=None)[:5]:
        if not article.attachments.exists():
            Attachment.objects.create(
                item=article,
                file=ContentFile(content, name="danh-ba.csv"),
                title_vi="Danh bạ các cơ quan tiếp nhận hồ sơ",
                title_en="Offices that receive dossiers",
            )
