"""Names of persons in a text: after a title or a label, or by the family name they begin with.

Streets, schools and communes are named after persons, and many family names are everyday words (hồ, cao, mai): what
stands before a name and how it is written decide.
"""

import re
from typing import NamedTuple

from portal.text.fold import fold
from portal.text.syllables import is_syllable


def _one_of(listed):
    """An alternative of phrases parted by commas, blanks of any kind between their words."""
    phrases = (" ".join(phrase.split()) for phrase in listed.split(","))
    return "|".join(phrase.replace(" ", r"\s{1,2}") for phrase in sorted(phrases, key=len, reverse=True))


def _phrases(listed):
    return {" ".join(phrase.lower().split()) for phrase in listed.split(",")}


SURE_FAMILIES = set("nguyễn trần lê phạm huỳnh phan võ đặng bùi ngô trịnh trương đinh đỗ hoàng vũ".split())
SURE_FAMILIES |= set("nguyen tran pham huynh bui trinh".split())
EVERYDAY_FAMILIES = set(
    "hồ cao hà thái lâm dương lương mai đoàn lý châu tô tạ đào chu lưu kiều vương bạch tôn tống phùng quách diệp".split()
)
# in diacritics these are other words: do, vo, le
BARE_FAMILIES = set("le vo do vu ho phan dang ngo dinh hoang truong duong ly doan cao ha mai".split())
FAMILIES = SURE_FAMILIES | EVERYDAY_FAMILIES | BARE_FAMILIES
FAMILIES_IN_CAPITALS = set("nguyễn trần lê phạm huỳnh phan bùi ngô trịnh trương đinh nguyen tran huynh".split())
FAMILIES_IN_LOWER_CASE = set("nguyễn trần lê phạm huỳnh phan võ đặng bùi ngô trịnh trương nguyen tran pham huynh".split())
SECOND_IN_LOWER_CASE = {"văn", "thị", "van", "thi"}
SECOND = _phrases(
    """
    văn, thị, hữu, đình, xuân, minh, quang, ngọc, thanh, đức, công, kim, quốc, thành, hoàng, bá, duy, đăng, gia, hải,
    hoài, hồng, huy, khánh, mạnh, mỹ, nhật, như, phúc, phước, phương, quý, tấn, thế, thiên, thu, thuận, thùy, tiến,
    trọng, trung, tuấn, tường, uyên, viết, vĩnh, ánh, bảo, bích, cẩm, chí, diễm, đại, hạnh, lan, lệ, linh, long, nguyên,
    nhã, quỳnh, tâm, thảo, thúy, trúc, tú, tuyết, vân, việt, yến, anh, tất, sỹ, thục, danh, hùng, khắc, tuệ
    """
)
# streets, schools and communes bear these names
COMMEMORATED = set(map(fold, _phrases(
    """
    Phạm Văn Đồng, Trần Quốc Tuấn, Trần Hưng Đạo, Lê Lợi, Nguyễn Nghiêm, Nguyễn Tự Tân, Lê Trung Đình, Trương Định,
    Trương Quang Trọng, Nguyễn Công Phương, Nguyễn Bá Loan, Lê Hồng Phong, Trần Phú, Nguyễn Trãi, Nguyễn Du,
    Phan Bội Châu, Phan Chu Trinh, Phan Châu Trinh, Phan Đình Phùng, Lý Thường Kiệt, Ngô Quyền, Nguyễn Huệ,
    Nguyễn Văn Trỗi, Võ Thị Sáu, Nguyễn Thị Minh Khai, Lê Duẩn, Võ Nguyên Giáp, Tôn Đức Thắng, Hồ Chí Minh,
    Nguyễn Văn Linh, Hoàng Văn Thụ, Nguyễn Chánh, Trần Quang Diệu, Bùi Thị Xuân, Hoàng Hoa Thám, Lê Thánh Tôn,
    Lê Đại Hành, Đinh Tiên Hoàng, Nguyễn Đình Chiểu, Chu Văn An, Nguyễn Bỉnh Khiêm, Lê Quý Đôn, Lý Tự Trọng,
    Trần Cao Vân, Trần Bình Trọng, Trần Khánh Dư, Trần Nhân Tông, Trần Quý Cáp, Huỳnh Thúc Kháng, Cao Thắng,
    Nguyễn Viết Xuân, Nguyễn Thụy, Cao Bá Quát, Hà Huy Tập, Ngô Gia Tự, Nguyễn Lương Bằng, Đặng Thùy Trâm,
    Phạm Hồng Thái, Phạm Ngũ Lão, Lê Lai, Đinh Công Tráng, Nguyễn Thái Học, Nguyễn Khuyến, Hồ Xuân Hương,
    Lê Văn Sỹ, Phạm Quang Ảnh, Phạm Hữu Nhật, Hồ Quý Ly, Lý Thái Tổ, Trần Thái Tông, Trần Kiên, Lê Ngung,
    Hùng Vương, Quang Trung, Hai Bà Trưng, Bà Triệu, Trường Chinh
    """
)))
PLACES = _phrases(
    """
    Hà Nội, Hà Giang, Hà Tĩnh, Hà Nam, Hà Tây, Hà Tiên, Thái Lan, Thái Bình, Thái Nguyên, Lâm Đồng, Cao Bằng, Lý Sơn,
    Hoàng Sa, Phan Rang, Phan Thiết, Châu Ổ, Châu Á, Châu Âu, Châu Phi, Châu Thành, Mai Linh, Dương Quang, Đinh Dậu
    """
)
OFFICES = _phrases(
    """
    chủ tịch, phó chủ, phó giám, phó trưởng, phó phòng, giám đốc, trưởng phòng, trưởng thôn, trưởng ban, bí thư, thủ tướng,
    bộ trưởng, tổng giám, tổng bí, hiệu trưởng, chánh án, viện trưởng, đại biểu, ủy ban, cán bộ, công an, công ty, cục trưởng,
    kế toán, kiểm sát, thanh tra, nhân viên, học sinh, sinh viên, trường tiểu, sở y, tổ trưởng, đội trưởng, việt nam,
    quảng ngãi, công chức, viên chức, cựu chiến, doanh nghiệp, hợp tác, dự án, đảng viên, giáo viên, hội đồng, hội nông
    """
)
NOT_TITLES = _phrases("bà rịa, bà nà, bà đen, bà triệu, bà trưng, cô tô, bác hồ, ông táo, ông trời, bác ái, em ơi")
STOPS = set(
    "tôi ông bà chị em là và với tại ở trú ngụ địa thôn xóm tổ xã phường huyện tỉnh ngày phó trưởng chủ giám của email "
    "điện số không gửi".split()
)
# given names too, so they end a name only where it is long enough without them
LATE_STOPS = set("sinh hiện kính đề chức nghề thường tạm ban sở công hội".split())

TITLES = _one_of(
    "ông, bà, anh, chị, cô, chú, em, bác, cụ, dì, cậu, thím, mợ, dượng, cháu, thầy, bé, luật sư, bác sĩ, hộ, ông/bà, "
    "ông bà, anh/chị, anh chị"
)
LABELS = _one_of(
    """
    họ tên, họ và tên, tên, tên là, tên tôi là, tên em là, tên họ, người gửi, người viết, người viết đơn, người làm đơn,
    người đại diện, người kiến nghị, người phản ánh, người khiếu nại, người tố cáo, người đề nghị, người hỏi, người báo,
    người báo tin, người nộp, người nộp đơn, người bị hại, kính tên, ký tên, chủ hộ, chủ tài khoản, chủ tk, chủ đất,
    chủ nhà, đứng tên, phụ huynh, ten, ten la, ten toi la, ho va ten, ho ten, nguoi gui, nguoi viet, chu tai khoan
    """
)
# an office may follow as well
PRESENTING = _one_of("tôi là, em là, tui là, mình là, vợ là, chồng là, vợ tôi là, chồng tôi là, con tôi là, toi la")
CLOSINGS = _one_of(
    "trân trọng, trân trọng cảm ơn, trân trọng kính chào, kính đơn, kính thư, kính bút, người viết đơn, người làm đơn, "
    "ký tên, xin cảm ơn, xin chân thành cảm ơn, cảm ơn, chân thành cảm ơn, kính chào"
)
ASIDE = r"(?:\s?\([^()\n]{0,40}\))?"
COLON = r"[ \xa0]{0,2}[:.,]?\s{0,2}"
INTRODUCTION = re.compile(
    rf"(?<!\w)(?<!các )(?<!quý )(?<!những )"
    rf"(?:(?P<closing>{CLOSINGS})(?!\w)[!.,]{{0,3}}{ASIDE}[ ]{{0,2}}\n\s{{0,4}}"
    rf"|(?:(?P<label>{LABELS})|(?P<presenting>{PRESENTING}))(?!\w){ASIDE}{COLON}(?:(?:{TITLES})(?!\w){COLON})?"
    rf"|(?P<title>{TITLES})(?!\w){ASIDE}[ \xa0]{{0,2}}:?[ \xa0]{{0,2}})(?=[^\W\d_])",
    re.IGNORECASE,
)
LEADING_TITLE = re.compile(rf"\s*(?:(?:{TITLES})[\s.:]+)+", re.IGNORECASE)
BEARERS = _one_of(
    """
    đường, phố, trường, thpt, thcs, tiểu học, mầm non, mẫu giáo, trung học, đại học, cao đẳng, học viện, huyện, xã, phường,
    thị trấn, thị xã, quận, thành phố, tp, tp., tỉnh, cầu, chợ, công viên, quảng trường, bệnh viện, công ty, công ty tnhh,
    doanh nghiệp, doanh nghiệp tư nhân, dntn, cửa hàng, hẻm, ngõ, kiệt, khu, tuyến, tượng đài, đền, chùa, lăng, giải, quỹ,
    thời, nhà lưu niệm, ngã tư, ngã ba, ngã năm, sân vận động, bảo tàng, hồ, sông, núi, đảo, cảng, đập, trạm, nút giao,
    năm, tết, bác, chủ tịch hồ, nhà thơ, vua, nhà tù, khu phố, khu dân cư, duong, truong thpt
    """
)
BEARER = re.compile(rf"(?<!\w)(?:{BEARERS})(?:\s{{1,2}}số)?(?:\s{{1,2}}\d{{1,4}})?[\s\"“'(:]{{1,3}}$", re.IGNORECASE)
OFFICER = re.compile(
    r"(?:chủ tịch|bí thư|cán bộ|trưởng|công an|đại biểu|địa chính|tư pháp)(?!\w)[^,.;:\n]{0,20}$", re.IGNORECASE
)
WORD = re.compile(r"[^\W\d_]+")
LONGEST = 5


class Word(NamedTuple):
    start: int
    end: int
    text: str
    joined: bool


def names(text):
    """Where names stand: (start, end)."""
    words, introductions = _words(text), {match.end(): match for match in INTRODUCTION.finditer(text)}
    index = 0
    while index < len(words):
        word = words[index]
        introduction = introductions.get(word.start)
        count = _introduced(words, index, introduction) if introduction else 0
        start = _start(introduction) if count == 1 else word.start
        count = count or _by_family(words, index) or _in_lower_case(words, index)
        if count and not introduction and _is_place(text, words[index : index + count]):
            pass
        elif count:
            yield start, words[index + count - 1].end
        index += count or 1


def _words(text):
    words, end = [], 0
    for match in WORD.finditer(text):
        joined = 0 < match.start() - end <= 2 and text[end : match.start()].strip(" \xa0") == ""
        words.append(Word(match.start(), match.end(), match[0], joined))
        end = match.end()
    return words


def _start(introduction):
    """A single syllable is hidden with its title: "Bình" alone stands in many place names, "ông Bình" does not."""
    return introduction.start()


def _is_title_case(word):
    return word[0].isupper() and (len(word) == 1 or word[1:].islower())


def _is_capitals(word):
    return word.isupper() and (len(word) == 1 or is_syllable(word))


def _run(words, index, *, limit=LONGEST):
    """How many capitalised words from here could be one name."""
    in_capitals = len(words[index].text) > 1 and words[index].text.isupper()
    fits, count = (_is_capitals if in_capitals else _is_title_case), 0
    for word in words[index : index + limit]:
        if not fits(word.text) or (count and not word.joined) or _ends(word.text, count):
            break
        count += 1
    return count


def _ends(word, position):
    return word.lower() in STOPS or (position > 2 and word.lower() in LATE_STOPS)


def _lower(words, index):
    return words[index].text.lower() if index < len(words) else ""


def _introduced(words, index, introduction):
    word = words[index].text
    count = _run(words, index)
    if not count:
        return _labelled_in_lower_case(words, index, introduction)
    following = words[index + 1] if index + 1 < len(words) else None
    pair = f"{word} {following.text}".lower() if following and following.joined else ""
    before = introduction[0].split()[-1:] or [""]
    if pair in OFFICES or f"{before[0]} {word}".lower() in NOT_TITLES:
        return 0
    if introduction["closing"] or introduction["presenting"]:
        return count if count > 1 else 0
    return _within_capitals(words, index, count)


def _labelled_in_lower_case(words, index, introduction):
    if introduction["title"] or introduction["closing"] or _lower(words, index) not in FAMILIES:
        return 0
    return _count_in_lower_case(words, index)


def _count_in_lower_case(words, index):
    """Where nothing ends a name, it has three syllables."""
    count = 1
    while count < LONGEST and index + count < len(words) and words[index + count].joined:
        count += 1
    if count == 1:
        return 0
    has_four = count == 4 and _lower(words, index + 1) in {"thị", "thi"}
    return count if count <= 3 or has_four else 3


def _within_capitals(words, index, count):
    """In a sentence all in capitals a name ends somewhere: four syllables with THỊ, otherwise three."""
    after = index + count
    is_cut = count == LONGEST and after < len(words) and words[after].joined and words[after].text.isupper()
    if is_cut and len(words[index].text) > 1 and words[index].text.isupper():
        return 4 if _lower(words, index + 1) == "thị" else 3
    return count


def _by_family(words, index):
    word, family = words[index].text, words[index].text.lower()
    if family not in FAMILIES or not word[0].isupper():
        return 0
    count = _run(words, index)
    if count < 2 or f"{word} {words[index + 1].text}".lower() in PLACES:
        return 0
    second = _lower(words, index + 1) in SECOND
    after_capitals = words[index].joined and words[index - 1].text.isupper() and len(words[index - 1].text) > 1
    if len(word) > 1 and word.isupper() and (after_capitals or count == LONGEST):
        sure = second or family in FAMILIES_IN_CAPITALS
        return _within_capitals(words, index, count) if sure and count > 2 else 0
    if family in SURE_FAMILIES:
        return _syllables(words, index, count)
    bare = all(part.text.isascii() for part in words[index : index + count])
    if count < 3 or not second or (family not in EVERYDAY_FAMILIES and not bare):
        return 0
    return _syllables(words, index, count)


def _syllables(words, index, count):
    for position in range(1, count):
        part = words[index + position].text
        if len(part) > 1 and not is_syllable(part) and not part.isascii():
            return position if position > 1 else 0
    return count


def _in_lower_case(words, index):
    if _lower(words, index) not in FAMILIES_IN_LOWER_CASE or _lower(words, index + 1) not in SECOND_IN_LOWER_CASE:
        return 0
    count = _count_in_lower_case(words, index)
    return count if count > 2 else 0


def _is_place(text, words):
    """Named after a person: by what stands before, or as the next in a list of places."""
    start, name = words[0].start, fold(" ".join(word.text for word in words))
    if name in COMMEMORATED:
        return True
    before = text[max(0, start - 40) : start]
    bearer = BEARER.search(before)
    return bool(bearer) and not (len(words) > 2 and OFFICER.search(before[: bearer.start()] + " "))


def known_parts(name):
    """The spellings of somebody's name: in lower case, and two or more of its words that follow each other."""
    parts = LEADING_TITLE.sub("", name).split()
    if len(parts) < 2:
        return []
    together = [" ".join(parts[first:last]) for first in range(len(parts)) for last in range(first + 2, len(parts) + 1)]
    return [*together, " ".join(parts).lower()]
