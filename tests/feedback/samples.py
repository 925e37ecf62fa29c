"""Readers' reports for tests, and what a refusal leaves behind: nothing."""

from contextlib import contextmanager
from datetime import date
from uuid import uuid4

from portal.editorial.models import AuditEvent
from portal.feedback import reports
from portal.feedback.models import ErrorReport
from portal.notices.models import Message
from portal.obligations.models import Obligation
from tests.makers import make_article, publish
from tests.obligations.test_ledger import moment

TODAY = moment(date(2026, 3, 10))  # a Tuesday
DUE = date(2026, 3, 17)  # five working days later
TEXT = "Ở đoạn 3 ngày khởi công phải là 19/04/2017."
# "Đường Nguyễn Tự Tân ở thành phố Quảng Ngãi" as TCVN3 fonts store it
TCVN3 = "§­êng NguyÔn Tù T©n ë thµnh phè Qu¶ng Ng·i"


def make_public(place, **fields):
    return publish(make_article(place.agency, by=place.editor, **fields), by=place.head)


def make_report(item, *, text=TEXT, email="", token=None):
    return reports.receive(item, text=text, email=email, token=token or uuid4())


def entered():
    models = [ErrorReport, Obligation, AuditEvent, Message]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


@contextmanager
def nothing_entered():
    before = entered()
    yield
    assert entered() == before
