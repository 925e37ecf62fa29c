"""What the tests of isolation walk: items of every kind of content, and a row of every other table."""

from contextlib import contextmanager
from datetime import date

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.utils import translation

from documents.import_template import template
from documents.imports import DocumentImport
from documents.models import Document, DocumentType, Issuer, Relation, Sector, StatisticalReport
from gazette import printing, submissions
from gazette.models import Issue, Submission
from news.models import Article, Rubric
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.editorial.models import AuditEvent, Board
from portal.feedback.models import ErrorReport
from portal.intake.models import Challenge, Statement
from portal.notices.models import Message
from portal.obligations.models import Obligation, Rule
from portal.publishing import editing
from portal.publishing.models import Attachment
from portal.search.models import BestBet, QueryCount, SynonymGroup
from portal.subsites.models import Site
from portal.workdays.models import CalendarDay, CalendarYear
from qa.models import Case, Kind, Paragraph, Question, Term
from tests.documents.legal import make_sector, relate
from tests.documents.statistics import TEXTS as STATISTICS
from tests.documents.statistics import make_statistics
from tests.feedback.samples import make_report
from tests.files.samples import PDF, file
from tests.gazette.makers import make_document, make_issue, make_issuer, make_public, make_type
from tests.makers import make_article, make_rubric, publish, submit
from tests.qa.makers import make_case

TITLE = "Tin nội bộ của Cổng"


def make_whole_issue(agency, *, by, **fields):
    """A planned issue that lacks nothing: a public document on the one page of its PDF."""
    issue = make_issue(agency, by=by, documents=[make_public(agency, by=by)], **fields)
    issue.entries.update(first_page=1, last_page=1)
    Attachment.objects.create(item=issue, file=file(PDF, "cong-bao.pdf"), title_vi="Công báo")
    printing.follow_upload(issue)
    return issue


def make_normative(agency, *, by, **fields):
    """A draft whose subject is the title that was asked for: that of a document is its number."""
    subject = {"summary_vi": fields.pop("title_vi")} if "title_vi" in fields else {}
    issuer = make_issuer(agency, code=f"cua-{agency.code}", level="district")
    return make_document(agency, by=by, issuer=issuer, **subject | fields)


def make_question(agency, *, by, **fields):
    """A draft of a frequent question, which the board answers of its own."""
    facts = {
        "title_vi": "Lệ phí cấp giấy phép xây dựng là bao nhiêu?",
        "summary_vi": "Mức lệ phí hiện hành.",
        "question_vi": "Lệ phí cấp giấy phép xây dựng nhà ở riêng lẻ là bao nhiêu?",
        "answer_vi": "Lệ phí theo nghị quyết của Hội đồng nhân dân tỉnh.",
        "sector": make_sector("xay-dung", "Xây dựng"),
        "answered_by": agency,
        "author": "Ban biên tập",
        "source": "Cổng thông tin điện tử tỉnh",
        "event_date": date(2018, 3, 2),
        "asked_on": date(2018, 3, 1),
    }
    question = Question(agency=agency, kind=Kind.QUESTION, **facts | fields)
    editing.store(question, by=by)
    return question


# How an item of each kind of content is made; a kind that is missing here is a failure.
MAKERS = {
    Article: make_article,
    Document: make_normative,
    StatisticalReport: make_statistics,
    Issue: make_whole_issue,
    Question: make_question,
}
# What is changed in a public item of the kind; a public issue of the gazette is never changed.
CHANGES = {
    Article: {"title_vi": "Tên mới"},
    Document: {"summary_vi": "Tên mới"},
    StatisticalReport: {"title_vi": "Tên mới"},
    Question: {"title_vi": "Tên mới"},
}
# The kinds of which every board may have items: the gazette is the province's alone.
SHARED = tuple(CHANGES)
# One row of each platform table; the same.
ROWS = {
    Group: lambda: Group.objects.create(name="Kỹ thuật"),
    AccessAttempt: lambda: AccessAttempt.objects.create(username="a", ip_address="127.0.0.1", failures_since_start=1),
    AccessLog: lambda: AccessLog.objects.create(username="a", ip_address="127.0.0.1"),
    AccessFailureLog: lambda: AccessFailureLog.objects.create(username="a", ip_address="127.0.0.1"),
    User: User.objects.first,
    Agency: Agency.objects.first,
    Board: Board.objects.first,
    Site: Site.objects.first,
    Rubric: make_rubric,
    CalendarDay: CalendarDay.objects.first,
    CalendarYear: CalendarYear.objects.first,
    Rule: Rule.objects.first,
    DocumentType: make_type,
    Sector: lambda: make_sector("giao-thong", "Giao thông"),
    Issuer: make_issuer,
    SynonymGroup: lambda: SynonymGroup.objects.create(wordings="UBND\nỦy ban nhân dân"),
    BestBet: lambda: BestBet.objects.create(queries="liên hệ", title_vi="Liên hệ", address="/lien-he/"),
    Statement: lambda: Statement.objects.create(code="name", valid_from=date(2017, 4, 29)),
    Challenge: lambda: Challenge.objects.create(question_vi="Ba cộng bốn?", answers="7"),
    Message: lambda: Message.objects.create(key="1", recipient="a@b.vn", subject="Tiêu đề", body="Thân thư"),
    Term: lambda: Term.objects.create(
        subject=Term.Subject.REPLY, days=10, legal_basis="Quyết định", valid_from=date(2017, 4, 29)
    ),
    Paragraph: lambda: Paragraph.objects.create(title="Lời kết", text="Trân trọng."),
    QueryCount: lambda: QueryCount.objects.create(month=date(2017, 5, 1), language="vi", key="1", query="đất đai"),
}


def items_of(model, portal):
    """Items of the portal's board: waiting for approval, public with an open change and a file, and a draft."""
    make = MAKERS[model]
    waiting = submit(make(portal.agency, by=portal.editor, title_vi=f"{TITLE} chờ duyệt"))
    public = make(portal.agency, by=portal.editor, title_vi=f"{TITLE} đã đăng")
    if model is Document:
        relate(public, Relation.Kind.REPEALS, target_number="1/2010/QĐ-UBND", note=TITLE)
    public = publish(public, by=portal.head)
    if model in CHANGES:
        editing.propose(public, CHANGES[model], by=portal.editor, note="Sửa")
    if not public.attachments.exists():
        Attachment.objects.create(item=public, file=file(PDF, "kem.pdf"), title_vi="Tệp kèm")
    return [waiting, public, make(portal.agency, by=portal.editor, title_vi=f"{TITLE} nháp")]


# --- rows of boards ---------------------------------------------------------------------------------------------------


def make_import(place):
    """A table that was checked: one click away from being imported."""
    facts = {"name": f"{TITLE}.xlsx", "state": DocumentImport.State.CHECKED, "total": 1, "new": 1}
    return DocumentImport.objects.create(
        agency=place.agency, by=place.head, file=file(template(), "van-ban.xlsx"), **facts
    )


def make_submission(place):
    return submissions.send(make_normative_public(place), by=place.editor)


def make_normative_public(place):
    return publish(make_normative(place.agency, by=place.editor), by=place.head)


# One row that belongs to the place's board; the rules of Article 9 are in force.
OWNED = {
    AuditEvent: lambda place: AuditEvent.objects.of(make_article(place.agency, by=place.editor)).get(),
    Obligation: lambda place: Obligation.objects.of(make_normative(place.agency, by=place.editor)).first(),
    ErrorReport: lambda place: make_report(publish(make_article(place.agency, by=place.editor), by=place.head)),
    DocumentImport: make_import,
    Submission: make_submission,
    Case: lambda place: make_case(place.agency, agreed=()),
}


# --- forms ------------------------------------------------------------------------------------------------------------


def new_fields(model, **changes):
    """What a person types into the add form of the kind, beside the site."""
    texts = {"summary_vi": "Tóm tắt", "source": "Tự viết"}
    fields = {
        Article: lambda: {"title_vi": "Tin mới", "body_vi": "<p>Nội dung</p>", "rubric": make_rubric().pk},
        Document: lambda: {
            "number": "99/2018/QĐ-UBND",
            "event_date": "01/03/2018",
            "effective_on": "12/03/2018",
            "type": make_type().pk,
            "kind": Document.Kind.NORMATIVE,
            "issuer": make_issuer().pk,
        },
        StatisticalReport: lambda: {
            **STATISTICS,
            "title_vi": "Tin mới",
            "event_date": "05/03/2018",
            "decision": "45/QĐ-CTK",
            "period_from": "01/07/2017",
            "period_to": "30/09/2017",
        },
        Question: lambda: {
            "title_vi": "Lệ phí là bao nhiêu?",
            "question_vi": "Lệ phí là bao nhiêu?",
            "answer_vi": "Theo nghị quyết.",
            "kind": Kind.QUESTION,
            "sector": make_sector("xay-dung", "Xây dựng").pk,
            "answered_by": Agency.objects.first().pk,
            "event_date": "05/03/2018",
        },
    }
    return texts | fields[model]() | changes


# --- what a refusal leaves behind -------------------------------------------------------------------------------------


def everything():
    """{(model, row)} of the whole database, but for what each sign-in leaves behind."""
    with translation.override("vi"):  # a request leaves its language behind, and titles would be read in it
        return {
            (model._meta.label, *map(repr, row))
            for model in apps.get_models()
            if model not in (Session, AccessLog)
            for row in model._base_manager.values_list(*_columns(model))
        }


def _columns(model):
    return [field.attname for field in model._meta.concrete_fields if field.name != "last_login"]


@contextmanager
def nothing_at_all_changed():
    before = everything()
    yield
    changed = everything() ^ before
    assert changed == set(), changed
