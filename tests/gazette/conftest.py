from datetime import date

import pytest

from tests.gazette.makers import TODAY, correct
from tests.gazette.shelf import DAY, LIST, bring_out, write
from tests.makers import frozen
from tests.web.pages import read


@pytest.fixture
def show(client):
    """A page of the gazette in English, the list unless another one is named, for a query."""

    def ask(path=LIST, language="/en", status=200, **query):
        response = client.get(f"{language}{path}", query)
        assert response.status_code == status
        return read(response)

    return ask


@pytest.fixture
def document(portal):
    """A public document of the province."""
    with frozen(TODAY):
        return write(portal, "15/2018/QĐ-UBND", "Quản lý đường bộ")


@pytest.fixture
def issue(portal, document):
    """A public issue with the document."""
    return bring_out(portal, [document], issued_on=DAY)


@pytest.fixture
def correction(portal, issue, document):
    """The issue after it, and the document in it that corrects the first one."""
    later = write(portal, "4/ĐC-UBND", "Đính chính Quyết định số 15", normative=False)
    correct(later, document)
    return bring_out(portal, [later], issued_on=date(2018, 3, 19)), later


@pytest.fixture
def library(portal):
    """Two issues of 2018 and a double one of 2017, with four documents."""
    land = write(portal, "16/2018/QĐ-UBND", "Đơn giá đất trên địa bàn tỉnh")
    roads = write(portal, "17/2018/QĐ-UBND", "Quản lý đường bộ", full_text="Điều 1. Cấm xe quá tải qua cầu Trà Khúc.")
    fees = write(portal, "18/2018/QĐ-UBND", "Phí tham quan <b>Lý Sơn</b>")
    older = write(portal, "3/2017/QĐ-UBND", "Đơn giá cây trồng", event_date=date(2017, 2, 1))
    bring_out(portal, [older], first=943, last_number=944, issued_on=date(2017, 10, 2), sequence_reason="Tiếp bản in")
    bring_out(portal, [land, roads], issued_on=date(2018, 3, 2))
    bring_out(portal, [fees], issued_on=date(2018, 3, 5))
