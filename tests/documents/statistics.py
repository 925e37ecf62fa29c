"""Statistical reports for tests, and what a refusal leaves behind of them: nothing."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.utils import timezone

from documents.models import StatisticalReport
from portal.obligations.models import Obligation
from portal.publishing import editing
from tests.makers import frozen, publish
from tests.unchanged import nothing_changed

DECIDED = date(2018, 3, 5)  # a Monday: ten working days end on 19/03/2018
LATER = timezone.make_aware(datetime(2018, 3, 12, 8, 30))
LIST = "/thong-ke/"
TEXTS = {
    "title_vi": "Điều tra cơ sở cá thể phi nông nghiệp năm 2017",
    "summary_vi": "Số cơ sở, lao động và doanh thu chia theo huyện.",
    "figures_vi": "<table><tbody><tr><th><p>Huyện</p></th><th><p>Số cơ sở</p></th></tr>"
    "<tr><td><p>Tư Nghĩa</p></td><td><p>7.412</p></td></tr></tbody></table>",
    "report_vi": "<p>Toàn tỉnh có 83.512 cơ sở.</p>",
    "method_vi": "<p>Điều tra chọn mẫu kết hợp điều tra toàn bộ.</p>",
    "analysis_vi": "<p>Số cơ sở tăng 2,4% so với năm 2016.</p>",
}
ENGLISH = {
    "title_en": "Survey of household businesses 2017",
    "summary_en": "Establishments, workers and turnover by district.",
    "figures_en": "<p>7,412 establishments in Tu Nghia.</p>",
    "report_en": "<p>The province has 83,512 establishments.</p>",
    "method_en": "<p>Sample survey together with a census.</p>",
    "analysis_en": "<p>2.4 per cent more establishments than in 2016.</p>",
}


def make_statistics(agency, *, by, **fields):
    """A draft that lacks nothing, written by `by`, in Vietnamese only."""
    defaults = {
        "event_date": DECIDED,
        "decision": "45/QĐ-CTK",
        "period_from": date(2017, 7, 1),
        "period_to": date(2017, 9, 30),
        "author": "Phòng Thống kê tổng hợp",
        "source": "Cục Thống kê tỉnh Quảng Ngãi",
    }
    report = StatisticalReport(agency=agency, **TEXTS | defaults | fields)
    editing.store(report, by=by)
    return report


def publish_statistics(place, *, when=LATER, **fields):
    """A public report: all of it happens at that moment."""
    with frozen(when):
        report = make_statistics(place.agency, by=place.editor, **fields)
    return publish(report, when=when)


def correct(report, **after):
    """Changes a public report two days after it went public; returns the applied revision."""
    after = after or {"report_vi": "<p>Toàn tỉnh có 83.215 cơ sở.</p>", "period_to": "2017-10-31"}
    with frozen(LATER + timedelta(days=2)):
        revision = editing.propose(report, after, by=report.created_by, note="Sửa tổng số cơ sở.")
        editing.apply(revision, by=report.approved_by)
    return revision


def facts(page):
    """{name: value} of the lists of facts in the main part."""
    names, values = ([row.text for row in page.all(tag) if _in_main(row)] for tag in ("dt", "dd"))
    return dict(zip(names, values, strict=True))


def _in_main(row):
    return any(parent.tag == "main" for parent in row.parents)


def stored():
    return [list(model.objects.order_by("pk").values()) for model in (StatisticalReport, Obligation)]


@contextmanager
def nothing_changed_in_statistics():
    before = stored()
    with nothing_changed():
        yield
    assert stored() == before
