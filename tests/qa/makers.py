"""Cases, walked through the ordinary steps."""

from datetime import timedelta
from itertools import count
from uuid import uuid4

from django.utils import timezone

from documents.models import Sector
from qa import answering, publication, receiving, routing
from qa.models import Case, Kind

_numbers = count(1)
ALL = ("liability", "privacy", "publication", "name")
FACTS = {
    "kind": Kind.QUESTION,
    "subject": "Thủ tục tách thửa đất",
    "text": "Tôi muốn hỏi thủ tục tách thửa đất ở nông thôn cần giấy tờ gì?",
    "name": "Phạm Thị Lành",
    "email": "lanh.pham@example.com",
    "phone": "0905 123 456",
    "address": "Thôn An Hà 2, xã Nghĩa Trung",
}


def make_case(agency, *, agreed=ALL, **facts):
    """Received now; `agreed`: which texts its sender accepted."""
    number = next(_numbers)
    own = {"email": f"nguoigui{number}@example.com", "subject": f"Hỏi về việc số {number}"}
    return receiving.receive(agency, token=uuid4(), agreed=agreed, **FACTS | own | facts)


def fresh(case):
    return Case.objects.get(pk=case.pk)


def forward(case, place, *, by, **facts):
    """By somebody of the receiving board to the agency of `place`."""
    options = {"reason": "Thuộc thẩm quyền của cơ quan", "sector": Sector.objects.first()} | facts
    return routing.forward(case, place.agency, by=by, **options)


def write(case, place, text="Thành phần hồ sơ gồm đơn đề nghị và giấy chứng nhận.", **facts):
    return answering.write(fresh(case), by=place.respondent, text=text, **facts)


def answer(case, place, text="Thành phần hồ sơ gồm đơn đề nghị và giấy chứng nhận.", **facts):
    """Written by the respondent, signed by the head of the agency."""
    write(case, place, text, **facts)
    answering.submit(fresh(case), by=place.respondent)
    return answering.sign(fresh(case), by=place.signatory)


def extend(case, place, *, days=20, by=None):
    promised = timezone.localdate() + timedelta(days=days)
    return answering.extend(
        fresh(case), promised, by=by or place.respondent, words="Đang chờ ý kiến của sở chuyên ngành."
    )


def ask_back(case, place, *, reply_by=None):
    return answering.ask_back(fresh(case), by=place.respondent, words="Xin cho biết số thửa đất.", reply_by=reply_by)


def reply(case, text="Thửa đất số 12."):
    return answering.reply(fresh(case), text=text, token=uuid4())


def prepare(case, *, by, masked=(), **texts):
    """The draft of the public version, as an editor leaves it."""
    shown = {
        "title": "Hỏi về thủ tục tách thửa",
        "question": "Thủ tục tách thửa?",
        "answer": "Nộp tại Bộ phận một cửa.",
    }
    return publication.prepare(fresh(case), by=by, texts=shown | texts, masked=masked)
