"""The words by which names of persons are known: what they consist of, what introduces, ends and resembles them."""

from portal.text.fold import fold


def one_of(listed):
    """An alternative of phrases parted by commas, blanks of any kind between their words."""
    phrases = (" ".join(phrase.split()) for phrase in listed.split(","))
    return "|".join(phrase.replace(" ", r"\s{1,2}") for phrase in sorted(phrases, key=len, reverse=True))


def _folded(listed):
    return set(map(fold, _phrases(listed)))


def _words_of(listed):
    return set(listed.split())


def _phrases(listed):
    return {" ".join(phrase.lower().split()) for phrase in listed.split(",")}


SURE_FAMILIES = _words_of("nguyễn trần lê phạm huỳnh phan võ đặng bùi ngô trịnh trương đinh đỗ hoàng vũ")
SURE_FAMILIES |= _words_of("nguyen tran pham huynh bui trinh")
EVERYDAY_FAMILIES = _words_of(
    "hồ cao hà thái lâm dương lương mai đoàn lý châu tô tạ đào chu lưu kiều vương bạch tôn tống phùng quách diệp"
)
# in diacritics these are other words: do, vo, le
BARE_FAMILIES = _words_of("le vo do vu ho phan dang ngo dinh hoang truong duong ly doan cao ha mai")
FAMILIES = SURE_FAMILIES | EVERYDAY_FAMILIES | BARE_FAMILIES
FAMILIES_IN_CAPITALS = _words_of("nguyễn trần lê huỳnh phan bùi ngô trịnh trương đinh nguyen tran huynh")
FAMILIES_IN_LOWER_CASE = _words_of("nguyễn trần lê phạm huỳnh phan võ đặng bùi ngô trịnh trương nguyen tran pham huynh")
SECOND_IN_LOWER_CASE = {"văn", "thị", "van", "thi"}
SECOND = _phrases(
    """
    văn, thị, hữu, đình, xuân, minh, quang, ngọc, thanh, đức, công, kim, quốc, thành, hoàng, bá, duy, đăng, gia,
    hải, hoài, hồng, huy, khánh, mạnh, mỹ, nhật, như, phúc, phước, phương, quý, tấn, thế, thiên, thu, thuận, thùy,
    tiến, trọng, trung, tuấn, tường, uyên, viết, vĩnh, ánh, bảo, bích, cẩm, chí, diễm, đại, hạnh, lan, lệ, linh,
    long, nguyên, nhã, quỳnh, tâm, thảo, thúy, trúc, tú, tuyết, vân, việt, yến, anh, tất, sỹ, thục, danh, hùng,
    khắc, tuệ
    """
)
BARE_SECOND = set(map(fold, SECOND))
# streets, schools and communes bear these names
COMMEMORATED = _folded(
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
    Lê Văn Sỹ, Phạm Quang Ảnh, Phạm Hữu Nhật, Hồ Quý Ly, Lý Thái Tổ, Trần Thái Tông, Trần Kiên, Lê Ngung, Lê Khiết,
    Hùng Vương, Quang Trung, Hai Bà Trưng, Bà Triệu, Trường Chinh
    """
)
PLACES = _phrases(
    """
    Hà Nội, Hà Giang, Hà Tĩnh, Hà Nam, Hà Tây, Hà Tiên, Thái Lan, Thái Bình, Thái Nguyên, Lâm Đồng, Cao Bằng,
    Lý Sơn, Hoàng Sa, Phan Rang, Phan Thiết, Châu Ổ, Châu Á, Châu Âu, Châu Phi, Châu Thành, Mai Linh, Dương Quang,
    Đinh Dậu
    """
)
OFFICES = _phrases(
    """
    chủ tịch, phó chủ, phó giám, phó trưởng, phó phòng, giám đốc, trưởng phòng, trưởng thôn, trưởng ban, bí thư,
    thủ tướng, bộ trưởng, tổng giám, tổng bí, hiệu trưởng, chánh án, viện trưởng, đại biểu, ủy ban, cán bộ,
    công an, công ty, cục trưởng, kế toán, kiểm sát, thanh tra, nhân viên, học sinh, sinh viên, trường tiểu,
    trường thcs, trường thpt, trường mầm, trường mẫu, trường trung, trường đại, trường cao, sở y, tổ trưởng,
    đội trưởng, việt nam, quảng ngãi, công chức, viên chức, cựu chiến, doanh nghiệp, hợp tác, dự án, đảng viên,
    giáo viên, hội đồng, hội nông
    """
)
NOT_TITLES = _phrases(
    """
    bà rịa, bà nà, bà đen, bà triệu, bà trưng, cô tô, bác hồ, ông táo, ông trời, ông nam, bác ái, em ơi
    """
)
STOPS = _words_of(
    "tôi ông bà chị em là và với tại ở trú ngụ địa thôn xóm tổ xã phường huyện tỉnh ngày phó trưởng chủ giám của email "
    "điện số không gửi"
)
# given names too, so they end a name only where it is long enough without them
LATE_STOPS = _words_of("sinh hiện kính đề chức nghề thường tạm ban sở công hội")

TITLES = one_of(
    "ông, bà, anh, chị, cô, chú, em, bác, cụ, dì, cậu, thím, mợ, dượng, cháu, thầy, bé, bạn, luật sư, bác sĩ, ông/bà, "
    "ông bà, anh/chị, anh chị"
)
LABELS = one_of(
    """
    họ tên, họ và tên, tên, tên là, tên tôi là, tên em là, tên họ, người gửi, người viết, người viết đơn,
    người làm đơn, người đại diện, người kiến nghị, người phản ánh, người khiếu nại, người tố cáo, người đề nghị,
    người hỏi, người báo, người báo tin, người nộp, người nộp đơn, người bị hại, kính tên, ký tên, chủ hộ,
    chủ tài khoản, chủ tk, chủ đất, chủ nhà, đứng tên, phụ huynh, ten, ten la, ten toi la, ho va ten, ho ten,
    nguoi gui, nguoi viet, chu tai khoan
    """
)
# an office may follow as well
PRESENTING = one_of("tôi là, em là, tui là, mình là, vợ là, chồng là, vợ tôi là, chồng tôi là, con tôi là, toi la")
CLOSINGS = one_of(
    "trân trọng, trân trọng cảm ơn, trân trọng kính chào, kính đơn, kính thư, kính bút, người viết đơn, người làm đơn, "
    "ký tên, xin cảm ơn, xin chân thành cảm ơn, cảm ơn, chân thành cảm ơn, kính chào"
)
BEARERS = one_of(
    """
    đường, phố, trường, thpt, thcs, tiểu học, mầm non, mẫu giáo, trung học, đại học, cao đẳng, học viện, huyện, xã,
    phường, thị trấn, thị xã, quận, thành phố, tp, tp., tỉnh, cầu, chợ, công viên, quảng trường, bệnh viện,
    công ty, công ty tnhh, doanh nghiệp, doanh nghiệp tư nhân, dntn, cửa hàng, hẻm, ngõ, kiệt, khu, tuyến,
    tượng đài, đền, chùa, lăng, giải, quỹ, thời, nhà lưu niệm, ngã tư, ngã ba, ngã năm, sân vận động, bảo tàng, hồ,
    sông, núi, đảo, cảng, đập, trạm, nút giao, năm, tết, bác, chủ tịch hồ, nhà thơ, vua, nhà tù, chuyên, khu phố,
    khu dân cư, duong, truong thpt
    """
)
