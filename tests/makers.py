"""What tests begin with, made the way people make it: through the tree lock, the store and the workflow."""

from datetime import date, timedelta
from itertools import count
from types import SimpleNamespace
from unittest import mock

from django.contrib.auth import get_user_model
from django.utils import timezone

from news.models import Article, Rubric
from portal.agencies import trees
from portal.agencies.models import Agency, ContactPoint
from portal.editorial.models import Board, Membership
from portal.editorial.roles import Role, State
from portal.publishing import editing, workflow
from portal.subsites.models import Site

FOUNDED = date(2017, 5, 5)
BODY = "<p>Sáng nay, lãnh đạo Ủy ban nhân dân tỉnh kiểm tra tiến độ các công trình trọng điểm.</p>"
_numbers = count(1)


def frozen(moment):
    """Within the block it is `moment`. A session begun in another time may have ended in it."""
    return mock.patch.object(timezone, "now", return_value=moment)


def ago(**duration):
    return timezone.now() - timedelta(**duration)


def ahead(**duration):
    return timezone.now() + timedelta(**duration)


def make_agency(code, kind=Agency.Kind.DEPARTMENT, parent=None, **fields):
    """An agency with one contact point; without a parent it is the root of a tree, as the province is."""
    names = {"name_vi": f"Cơ quan {code}", "name_en": f"Agency {code}"}
    agency = trees.save_node(Agency(code=code, kind=kind, parent=parent, **names | fields))
    ContactPoint.objects.create(
        agency=agency,
        name_vi="Trụ sở",
        name_en="Head office",
        address_vi="52 Hùng Vương, thành phố Quảng Ngãi",
        address_en="52 Hùng Vương, Quảng Ngãi City",
        phone="0255 3822 678",
        email=f"{code}@quangngai.gov.vn",
    )
    return agency


def make_site(agency, **fields):
    """The switched-on site of an agency, under the host name that Article 6 asks for."""
    defaults = {
        "name_vi": f"Trang {agency.name_vi}",
        "name_en": f"Site of {agency.name_en}",
        "responsible_name": "Trần Văn Mẫn",
        "responsible_title_vi": "Trưởng Ban biên tập",
        "responsible_title_en": "Head of the Editorial Board",
        "is_active": True,
    }
    site = Site(agency=agency, **defaults | fields)
    site.full_clean()
    site.save()
    return site


def make_board(agency, **fields):
    """A board in force since 2017 without an end."""
    defaults = {
        "decision_number": f"{next(_numbers)}/QĐ-UBND",
        "decision_date": FOUNDED,
        "signer": "Chủ tịch Ủy ban nhân dân tỉnh",
        "valid_from": FOUNDED,
    }
    return Board.objects.create(agency=agency, **defaults | fields)


def make_user(username="", **fields):
    """A person with an account in the back office and no place on any board."""
    number = next(_numbers)
    defaults = {"full_name": f"Nguyễn Văn {number}", "is_staff": True}
    return get_user_model().objects.create_user(username or f"nguoi{number}", **defaults | fields)


def make_member(board, role, *, user=None, valid_from=FOUNDED, valid_to=None, **user_fields):
    """A person (a new one unless given) with a place on the board."""
    user = user or make_user(**{"full_name": f"{Role(role).value.capitalize()} {next(_numbers)}"} | user_fields)
    Membership.objects.create(board=board, user=user, role=role, valid_from=valid_from, valid_to=valid_to)
    return user


def make_place(agency):
    """Site, board and one person per role of an agency: `place.head`, `place.editor`, ... and `place.board`."""
    board = make_board(agency)
    people = {role.value: make_member(board, role) for role in Role}
    return SimpleNamespace(agency=agency, site=make_site(agency), board=board, **people)


def make_rubric(code="tin-tuc-su-kien", *, parent=None, point="8.2.b", **fields):
    """The rubric of that code; below a parent it carries no point of its own."""
    if found := Rubric.objects.filter(code=code).first():
        return found
    names = {"name_vi": f"Chuyên mục {code}", "name_en": f"Rubric {code}"}
    point = "" if parent else point
    return trees.save_node(Rubric(code=code, parent=parent, point=point, **names | fields))


def make_article(agency, *, by, rubric=None, related=(), **fields):
    """A draft that lacks nothing, written by `by`."""
    number = next(_numbers)
    defaults = {
        "title_vi": f"Kiểm tra tiến độ công trình số {number}",
        "summary_vi": f"Tóm tắt tin số {number}.",
        "body_vi": BODY,
        "author": "Hoài Yến",
        "source": "Cổng thông tin điện tử tỉnh",
        "event_date": FOUNDED,
    }
    article = Article(agency=agency, rubric=rubric or make_rubric(), **defaults | fields)
    editing.store(article, by=by)
    article.related.set(related)
    return article


def submit(article, *, by=None):
    return workflow.carry_out("submit", article, by=by or article.created_by, declared=True)


def approve(article, *, by=None, at=None):
    by = by or _second_person(article)
    return workflow.carry_out("approve", article, by=by, at=at, declared=True)


def publish(article, *, by=None, at=None, when=None):
    """Submitted by its writer and approved by another (`by`, or one of its board).

    `at`: approved now, to go public then. `when`: all of it happens at that moment.
    """
    with frozen(when or timezone.now()):
        return approve(submit(article), by=by, at=at)


def withdraw(article, *, by=None, note="Sai số liệu"):
    return workflow.carry_out("withdraw", article, by=by or _second_person(article), note=note)


def archive(article, *, by=None):
    return workflow.carry_out("archive", article, by=by or _second_person(article))


def bring_to(state, article, *, by):
    """The draft brought to a state by its writer and by a second person who may do everything."""
    if state == State.DRAFT:
        return article
    article = submit(article)
    if state == State.SUBMITTED:
        return article
    article = approve(article, by=by, at=ahead(days=1) if state == State.APPROVED else None)
    last_step = {State.WITHDRAWN: withdraw, State.ARCHIVED: archive}.get(state)
    return last_step(article, by=by) if last_step else article


def _second_person(article):
    """The head of the item's board or, where the head had a hand in it, the deputy."""
    involved = {article.created_by_id, article.last_edited_by_id, article.submitted_by_id}
    places = Membership.objects.in_force().filter(board__agency=article.agency).select_related("user")
    others = {row.role: row.user for row in places if row.user_id not in involved}
    return others.get(Role.HEAD) or others[Role.DEPUTY]
