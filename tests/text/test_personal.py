"""Personal data in letters: what the editor is shown, what a marker hides, what a publication may not say."""

import unicodedata
from collections import Counter
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text.personal import MARKERS, Finding, Kind, find, holds, mask
from tests.text.letters import LETTERS, letters

ALL = letters(LETTERS)
EXACT = {Kind.ID_NUMBER, Kind.PHONE, Kind.EMAIL, Kind.BANK_ACCOUNT}


def found(text, *kinds, **given):
    return [finding.text for finding in find(text, **given) if not kinds or finding.kind in kinds]


def _touches(finding, kind, start, end):
    return finding.kind == kind and finding.start < end and start < finding.end


def _measured(collection):
    """How many labelled passages there are by kind, how many are covered, how many suggestions are right and wrong."""
    labelled, covered, right, wrong = Counter(), Counter(), Counter(), []
    for text, spans in collection:
        findings = find(text)
        for kind, start, end in spans:
            labelled[kind] += 1
            covered[kind] += any(one.kind == kind and one.start <= start and end <= one.end for one in findings)
        for one in findings:
            if any(_touches(one, *span) for span in spans):
                right[one.kind] += 1
            else:
                wrong.append((one.kind, one.text))
    return labelled, covered, right, wrong


def test_the_collection_is_large_enough_to_measure():
    labelled, *_ = _measured(ALL)
    assert len(ALL) >= 100
    assert all(labelled[kind] >= 3 for kind in Kind)
    assert sum(not spans for _, spans in ALL) >= 15


def test_nearly_all_that_is_personal_is_found_and_nearly_nothing_else():
    labelled, covered, right, wrong = _measured(ALL)
    assert covered.total() / labelled.total() >= 0.95
    assert right.total() / (right.total() + len(wrong)) >= 0.95, wrong


@pytest.mark.parametrize("kind", EXACT)
def test_no_number_and_no_e_mail_address_is_missed_or_invented(kind):
    labelled, covered, _, wrong = _measured(ALL)
    assert covered[kind] == labelled[kind] > 0
    assert not [text for what, text in wrong if what == kind]


@pytest.mark.parametrize(("text", "spans"), ALL)
def test_a_masked_letter_says_nothing_that_was_found(text, spans):
    findings = find(text)
    masked = mask(text, findings)
    assert holds(masked, [one.text for one in findings]) == []
    assert holds(masked, [text[start:end] for _, start, end in spans]) == []
    assert masked.count("[đã ẩn: ") == len(findings)


@pytest.mark.parametrize(
    "written",
    [
        "0905 123 456",
        "0905.123.456",
        "0905-123-456",
        "0905123456",
        "+84 905-123-456",
        "+84905123456",
        "(+84) 905 123 456",
        "84905123456",
        "0084 905 123 456",
        "+84 (0) 905 123 456",
        "01689 123 456",
        "(0255) 3822678",
        "(0255) 3.822.678",
        "0255.3822678",
        "0510 3812345",
        "055 3822678",
        "(055)3822678",
    ],
)
def test_a_phone_number_is_found_however_it_is_written(written):
    text = f"Gọi {written} nhé, ngày 12/3/2017 lúc 8 giờ."
    assert [(one.kind, one.text.strip("(+")) for one in find(text)] == [(Kind.PHONE, written.strip("(+"))]
    assert find(f"SĐT{written}")[0].kind == Kind.PHONE


@pytest.mark.parametrize(
    "text",
    [
        "Đường dây nóng 1900 9095, 1800 1234, 113, 114, 115",
        "Quyết định số 16/2017/QĐ-UBND ngày 19/4/2017, Nghị định 43/2014/NĐ-CP, Luật số 91/2015/QH13",
        "Tổng số tiền 1.234.567 đ, 123.456.789.000 đồng, 150000000 đồng, 212345678 đ, 25 triệu, 3,5 tỷ",
        "Năm 2016, 2017 và giai đoạn 2016-2020; từ 01/01/2017 đến 31.12.2017; 17 giờ 30",
        "Diện tích 212345678 m2, mã hồ sơ 000.00.15.H48-170612-0001, điểm 8,75",
        "Tài khoản 131, tài khoản 5.000.000 đồng bị phong tỏa từ ngày 12/3/2017",
        "quangngai.gov.vn, soyte@quangngai.gov.vn, van.thu@mic.gov.vn",
        "đường Phạm Văn Đồng, Trường THPT Trần Quốc Tuấn, phường Nguyễn Nghiêm, cầu Trần Thị Lý, chợ Nguyễn Văn Bảy",
        "huyện Tư Nghĩa, xã Nghĩa Phương, thị trấn Châu Ổ, thành phố Quảng Ngãi, tỉnh Quảng Ngãi",
        "Sở Y tế, Ủy ban nhân dân tỉnh, Văn phòng UBND, Ông Chủ tịch, bà Giám đốc Sở, các anh Công an",
        "HỒ SƠ, LÝ DO, CAO TỐC, QUY PHẠM PHÁP LUẬT, ĐƠN KIẾN NGHỊ, CẤM ĐỖ XE TRÊN VỈA HÈ",
        "Hà Nội, Thái Bình, Hải Dương, Lý Sơn, Hoàng Sa, Hồ Chí Minh, tết Đinh Dậu, hồ Nước Trong",
        "học sinh năm 2017, phát sinh ngày 2/3/2017, vệ sinh ngày 12/3/2017, hy sinh năm 1972",
        "The Tran Quoc Tuan school opened at 7.30 a.m. to 15 pupils",
        "",
        " \n ",
    ],
)
def test_what_everybody_may_know_is_not_suggested(text):
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "written"),
    [
        ("CMND số 212345678 cấp ngày 12/3/2010", Kind.ID_NUMBER, "212345678"),
        ("CMND212345678", Kind.ID_NUMBER, "212345678"),
        ("chứng minh nhân dân: 212 345 678", Kind.ID_NUMBER, "212 345 678"),
        ("số CCCD của tôi là 051.080.001.234", Kind.ID_NUMBER, "051.080.001.234"),
        ("Số 051080001234 nhé", Kind.ID_NUMBER, "051080001234"),
        ("hộ chiếu B1234567", Kind.ID_NUMBER, "B1234567"),
        ("passport no. c 7654321", Kind.ID_NUMBER, "c 7654321"),
        ("thẻ BHYT GD 4 51 51 123 45678", Kind.ID_NUMBER, "GD 4 51 51 123 45678"),
        ("STK 4500 2051 23456", Kind.BANK_ACCOUNT, "4500 2051 23456"),
        ("số tài khoản của tôi tại Ngân hàng X là 0905123456", Kind.BANK_ACCOUNT, "0905123456"),
        ("viết cho ten (a) gmail.com", Kind.EMAIL, "ten (a) gmail.com"),
        ("viết cho ten[at]gmail[dot]com", Kind.EMAIL, "ten[at]gmail[dot]com"),
        ("viết cho ten a còng gmail chấm com", Kind.EMAIL, "ten a còng gmail chấm com"),
        ("viết cho t.e_n+1@x-y.com.vn.", Kind.EMAIL, "t.e_n+1@x-y.com.vn"),
        ("ở số nhà 12/3, xã Nghĩa Phương", Kind.ADDRESS, "số nhà 12/3"),
        ("ở số 12 đường Hùng Vương, phường Trần Phú", Kind.ADDRESS, "số 12 đường Hùng Vương"),
        ("ở tổ 3, thôn An Phú, xã Nghĩa Phương", Kind.ADDRESS, "tổ 3, thôn An Phú"),
        ("Địa chỉ: An Phú, Nghĩa Phương, Tư Nghĩa, Quảng Ngãi", Kind.ADDRESS, "An Phú"),
        ("thửa đất số 12, tờ bản đồ số 5 xã X", Kind.ADDRESS, "thửa đất số 12, tờ bản đồ số 5"),
        ("tôi tên là Nguyễn Văn A", Kind.NAME, "Nguyễn Văn A"),
        ("Kính tên\nThanh Hương", Kind.NAME, "Thanh Hương"),
        ("gặp ông Bình ở huyện Bình Sơn", Kind.NAME, "ông Bình"),
        ("gặp ông Phạm Văn Đồng ở xã", Kind.NAME, "Phạm Văn Đồng"),
        ("TÔI LÀ TRẦN THỊ CÚC Ở ĐÂY", Kind.NAME, "TRẦN THỊ CÚC"),
        ("toi la Nguyen Ngoc Phuc, dan thuong", Kind.NAME, "Nguyen Ngoc Phuc"),
        ("Chủ tịch xã Nguyễn Văn Tẻo hứa", Kind.NAME, "Nguyễn Văn Tẻo"),
        ("Sinh ngày: 02/9/1957", Kind.BIRTH_DATE, "02/9/1957"),
        ("xe 76H1-234.56 chạy ẩu", Kind.PLATE, "76H1-234.56"),
    ],
)
def test_one_passage_is_found(text, kind, written):
    assert [(one.kind, one.text) for one in find(text)] == [(kind, written)]


KNOWN = [
    (Kind.NAME, "Bà Phan Thị Hoa Mướp"),
    (Kind.EMAIL, "Muop.Phan@example.com"),
    (Kind.PHONE, "0905 123 456"),
    (Kind.ADDRESS, "Số 12/3 đường Hùng Vương, phường Trần Phú, thành phố Quảng Ngãi"),
    (Kind.ID_NUMBER, "212345678"),
]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("phan thi hoa muop", "phan thi hoa muop"),
        ("PHAN THỊ HOA MƯỚP", "PHAN THỊ HOA MƯỚP"),
        ("Phan Thị\nHoa Mướp", "Phan Thị\nHoa Mướp"),
        ("có Hoa Mướp biết", "Hoa Mướp"),
        ("co hoa muop biet", "hoa muop"),
        ("thị hoa mướp", "thị hoa mướp"),
        ("+84905123456", "+84905123456"),
        ("số là 84 905-123-456", "84 905-123-456"),
        ("0905123456", "0905123456"),
        ("0 9 0 5 1 2 3 4 5 6", "0 9 0 5 1 2 3 4 5 6"),
        ("muop.phan (at) example dot com", "muop.phan (at) example dot com"),
        ("MUOP PHAN@EXAMPLE.COM", "MUOP PHAN@EXAMPLE.COM"),
        ("nha 12/3 hung vuong", "12/3 hung vuong"),
        ("21 23 45 678", "21 23 45 678"),
    ],
)
def test_what_is_known_of_the_sender_is_found_in_any_spelling(text, written):
    assert found(text, known=KNOWN) == [written]


@pytest.mark.parametrize("text", ["hoa mướp đang nở", "Phan Thiết", "phường Trần Phú", "12", "0905", "Quảng Ngãi"])
def test_everyday_words_and_communes_are_not_taken_for_the_sender(text):
    assert found(text, known=[*KNOWN, (Kind.NAME, ""), (Kind.NAME, "Phú"), (Kind.PHONE, " ")]) == []


def test_what_is_known_has_its_kind():
    assert [one.kind for one in find("phan thi hoa muop 84905123456", known=KNOWN)] == [Kind.NAME, Kind.PHONE]


def test_what_is_found_once_is_found_wherever_it_stands_again():
    text = "STK 4500205123456 của Nguyễn Văn Tẻo. nguyen van teo xin cảm ơn. Số 4500 2051 23456 nhé."
    assert found(text) == ["4500205123456", "Nguyễn Văn Tẻo", "nguyen van teo", "4500 2051 23456"]


def test_numbers_of_agencies_are_not_suggested():
    public = ["0255 3822678", "tiepdan@example.com", "Trần Văn Lãnh Đạo"]
    text = "Gọi (0255) 3.822.678, +84 255 3822678 hoặc điện thoại 3822678, TIEPDAN@example.com, ông Trần Văn Lãnh Đạo"
    assert find(text, public=public) == []
    assert found(text + ", 0905123456", public=public) == ["0905123456"]
    assert len(find(text)) == 5


def test_public_strings_win_over_what_is_known():
    assert find("0255 3822678", known=[(Kind.PHONE, "02553822678")], public=["0255.3822678"]) == []


def test_the_longest_of_overlapping_passages_wins():
    assert found("ở số 12 Nguyễn Văn Bảy, phường X") == ["số 12 Nguyễn Văn Bảy"]


def test_markers_say_what_is_hidden():
    text = "Tôi là Nguyễn Văn Tẻo, ĐT 0905 123 456, ở tổ 3, thôn An Phú, xã Nghĩa Phương."
    expected = "Tôi là [đã ẩn: tên], ĐT [đã ẩn: số điện thoại], ở [đã ẩn: địa chỉ], xã Nghĩa Phương."
    assert mask(text, find(text)) == expected
    assert set(MARKERS) == set(Kind)


def test_overlapping_choices_of_the_editor_get_one_marker():
    text = "a bcd e"
    chosen = [Finding(Kind.NAME, 2, 4, "bc"), Finding(Kind.NAME, 3, 5, "cd"), Finding(Kind.NAME, 2, 3, "b")]
    assert mask(text, chosen) == "a [đã ẩn: tên] e"
    assert mask(text, []) == text


def test_findings_of_another_text_are_refused():
    with pytest.raises(ValueError, match="no finding of this text"):
        mask("abc", [Finding(Kind.NAME, 0, 2, "xx")])


def test_a_masked_text_is_not_searched_inside_its_markers():
    text = "Tôi là [đã ẩn: tên], số [đã ẩn: số điện thoại]"
    assert find(text, known=[(Kind.NAME, "số điện thoại")]) == []
    assert holds(text, ["số điện thoại", "tên", "đã ẩn"]) == []


@pytest.mark.parametrize(
    ("text", "string"),
    [
        ("ông nguyen  van an nói", "Nguyễn Văn An"),
        ("NGUYỄN VĂN AN", "nguyễn văn an"),
        ("lê hoa", "Lê Hoa"),
        ("số 0905.123-456", "0905123456"),
        ("số +84 905 123 456", "0905 123 456"),
        ("số 0905123456", "+84 905 123 456"),
        ("CMND 212 345 678", "212345678"),
        ("CMND212345678", "212 345 678"),
        ("ten (at) gmail.com", "ten@gmail.com"),
        ("TEN@GMAIL.COM", "ten[a]gmail.com"),
        ("ở tổ 3 thôn an phú", "Tổ 3, thôn An Phú"),
        ("chị Hà", "Hà"),
        ("xe 76H123456", "76H1-234.56"),
    ],
)
def test_a_string_that_still_stands_is_held(text, string):
    assert holds(text, ["không có ở đây", string]) == [string]


@pytest.mark.parametrize(
    ("text", "string"),
    [
        ("Nguyễn Văn Anh", "Nguyễn Văn An"),
        ("hà hơi, HÀ", "Hà"),
        ("văn hóa", "Văn Hoa"),
        ("công an xã", "Công An"),
        ("10905123456", "0905123456"),
        ("12 người", "1"),
        ("xin chào", ""),
        ("xin chào", " . "),
        ("0905 [đã ẩn: số điện thoại] 123456", "0905123456"),
    ],
)
def test_other_words_are_not_held(text, string):
    assert holds(text, [string]) == []


PIECES = """
Nguyễn văn Thị A tôi là tên ông bà STK CMND số 0905 123 456 0905123456 212345678 +84 (at) @ gmail com . , / - tổ 3 thôn
An Phú xã đường Hùng Vương [đã_ẩn:_tên] ] [ sinh năm 1980 nguyen NGUYỄN 76H1-234.56 B1234567 _ Công an
"""
pieces = st.lists(st.sampled_from([piece.replace("_", " ") for piece in PIECES.split()] + ["\n"]), max_size=40)
texts = st.one_of(st.text(max_size=200), pieces.map(" ".join), pieces.map("".join))
known = st.lists(st.tuples(st.sampled_from(Kind), st.one_of(st.text(max_size=20), pieces.map(" ".join))), max_size=4)


@given(texts, known)
def test_findings_are_true_apart_and_gone_after_masking(text, known):
    findings = find(text, known=known)
    assert all(one.text == text[one.start : one.end] and one.text.strip() for one in findings)
    assert all(before.end <= after.start for before, after in pairwise(findings))
    assert holds(mask(text, findings), [one.text for one in findings]) == []


@given(texts)
def test_decomposed_text_does_no_harm(text):
    text = unicodedata.normalize("NFD", text)
    assert all(one.text == text[one.start : one.end] for one in find(text))


def test_decomposed_letters_still_give_their_numbers():
    text = unicodedata.normalize("NFD", "Số điện thoại của tôi: 0905 123 456")
    assert found(text, Kind.PHONE) == ["0905 123 456"]


LONG = 10_000
HOSTILE = [
    "1" * LONG,
    "0905" * (LONG // 4),
    "1 " * (LONG // 2),
    "0.9-" * (LONG // 4),
    "A" * LONG,
    "NGUYỄN " * (LONG // 7),
    "Nguyễn Văn " * (LONG // 11),
    "nguyen van An Nguyen Van an " * (LONG // 28),
    "Ông " * (LONG // 4),
    "tên là " * (LONG // 7),
    "tôi tên là ông bà Nguyễn Văn An, " * (LONG // 33),
    "STK " * (LONG // 4),
    "STK số tài khoản 12345678 " * (LONG // 26),
    "CMND số " + "(" * LONG,
    "a" * LONG + "@" + "b" * LONG,
    "a@" * (LONG // 2),
    "a.b-" * (LONG // 4) + "@" + "b." * (LONG // 2),
    "thôn" + " " * LONG,
    "số " * (LONG // 3),
    "số 1/" * (LONG // 5),
    "tổ 3, thôn An Phú, " * (LONG // 19),
    "Địa chỉ: " * (LONG // 9),
    "Địa chỉ: A, " * (LONG // 12),
    "[đã ẩn: tên" * (LONG // 11),
    "[đã ẩn: tên]" * (LONG // 12),
    "(" * LONG,
    "\n" * LONG,
    "-" * LONG,
    "Hùng " * (LONG // 5),
    "12 đường Hùng Vương " * (LONG // 20),
    "76H1-234.56 " * (LONG // 12),
    "Trân trọng\n" * (LONG // 11),
    "".join(f"Nguyễn Văn {first}{second} " for first in "BCDHKLMNPT" for second in "aeiouăâêôơư") * 6,
    "".join(f"STK {number} " for number in range(10**9, 10**9 + LONG // 15)),
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_long_and_hostile_texts_take_no_time(text):
    def seconds():
        begin = process_time()
        find(text, known=KNOWN)
        return process_time() - begin

    assert min(seconds() for _ in range(3)) < 0.1
