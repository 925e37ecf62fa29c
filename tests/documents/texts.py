"""Legal texts of several shapes, as they are pasted into the portal."""

from pathlib import Path

from documents.structure import parse

DECISION = (Path(__file__).parents[2] / "documents/fixtures/quyet-dinh-16-2017.txt").read_text()

LAW = """
QUỐC HỘI | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
Luật số: 91/2015/QH13 | Hà Nội, ngày 24 tháng 11 năm 2015 |
BỘ LUẬT
DÂN SỰ
Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Quốc hội ban hành Bộ luật dân sự.
PHẦN THỨ NHẤT
QUY ĐỊNH CHUNG
Chương I
NHỮNG QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Bộ luật này quy định địa vị pháp lý, chuẩn mực pháp lý về cách ứng xử của cá nhân, pháp nhân.
Chương III
CÁ NHÂN
Mục 1. NĂNG LỰC PHÁP LUẬT DÂN SỰ,
NĂNG LỰC HÀNH VI DÂN SỰ CỦA CÁ NHÂN
Điều 16. Năng lực pháp luật dân sự của cá nhân
1. Mọi cá nhân đều có năng lực pháp luật dân sự như nhau.
Mục 2
QUYỀN NHÂN THÂN
Tiểu mục 1. QUYỀN ĐỐI VỚI HỌ, TÊN
Điều 27. Quyền thay đổi họ, tên
1. Cá nhân có quyền yêu cầu công nhận việc thay đổi họ, tên trong trường hợp sau đây:
a) Theo yêu cầu của người có tên;
b) Theo yêu cầu của cha nuôi, mẹ nuôi;
c) Thay đổi họ, tên của người bị lưu lạc;
d) Thay đổi họ, tên theo vợ, theo chồng;
đ) Thay đổi họ, tên khi cha, mẹ thay đổi;
e) Trường hợp khác.
2. Việc thay đổi họ, tên cho người từ đủ chín tuổi trở lên phải có sự đồng ý của người đó.
Tiểu mục 2
QUYỀN KHÁC
Điều 28. Quyền xác định, xác định lại dân tộc
1. Cá nhân có quyền xác định, xác định lại dân tộc của mình.
PHẦN THỨ HAI
QUYỀN SỞ HỮU VÀ QUYỀN KHÁC ĐỐI VỚI TÀI SẢN
Chương XI
QUY ĐỊNH CHUNG
Mục 1. NGUYÊN TẮC XÁC LẬP
Điều 158. Quyền sở hữu
Quyền sở hữu bao gồm quyền chiếm hữu, quyền sử dụng và quyền định đoạt tài sản.
Bộ luật này được Quốc hội khóa XIII, kỳ họp thứ 10 thông qua ngày 24 tháng 11 năm 2015.
"""

RESOLUTION = """
HỘI ĐỒNG NHÂN DÂN TỈNH QUẢNG NGÃI
KHÓA XII - KỲ HỌP THỨ 8
QUYẾT NGHỊ:
Điều 1. Thông qua nhiệm vụ phát triển kinh tế - xã hội năm 2018 với các nội dung chủ yếu sau:
I. MỤC TIÊU, CHỈ TIÊU CHỦ YẾU
1. Mục tiêu tổng quát
Tập trung thực hiện có hiệu quả tái cơ cấu kinh tế.
2. Các chỉ tiêu chủ yếu
a) Tốc độ tăng trưởng GRDP đạt 8 - 9%.
b) Thu ngân sách 14.205 tỷ đồng.
II. NHIỆM VỤ VÀ GIẢI PHÁP
1. Về công nghiệp
a) Thu hút đầu tư vào Khu kinh tế Dung Quất.
2. Về nông nghiệp
Điều 2. Tổ chức thực hiện
1. Ủy ban nhân dân tỉnh tổ chức triển khai Nghị quyết.
2. Thường trực Hội đồng nhân dân tỉnh giám sát.
Nghị quyết này đã được Hội đồng nhân dân tỉnh thông qua ngày 12 tháng 12 năm 2017./.
"""

AMENDMENT = """
QUYẾT ĐỊNH:
Điều 1. Sửa đổi, bổ sung một số điều của Quy định ban hành kèm theo Quyết định số 31/2017/QĐ-UBND
1. Sửa đổi, bổ sung Điều 2 và Điều 3 như sau:
“Điều 2. Thẩm quyền quản lý
1. Sở Giao thông vận tải quản lý “đường tỉnh” và cầu.
2. Ủy ban nhân dân cấp huyện quản lý:
a) Đường huyện;
đ) Đường đô thị.
Điều 3. Trách nhiệm
1. Sở Tài chính bố trí kinh phí.”
2. Sửa đổi tên Chương II như sau:
“Chương II
QUẢN LÝ, BẢO TRÌ”
3. Bổ sung điểm đ khoản 1 Điều 9 như sau: “đ) Đường chuyên dùng;
e) Đường xã.”.
4. Bãi bỏ Điều 12.
Điều 2. Hiệu lực thi hành
1. Quyết định này có hiệu lực từ ngày 01 tháng 3 năm 2018.
2. Bãi bỏ Quyết định số 206/2004/QĐ-UB.
Điều 3. Chánh Văn phòng UBND tỉnh chịu trách nhiệm thi hành Quyết định này./.
"""
OWN_OF_THE_AMENDMENT = [
    "dieu-1",
    "dieu-1-khoan-1",
    "dieu-1-khoan-2",
    "dieu-1-khoan-3",
    "dieu-1-khoan-4",
    "dieu-2",
    "dieu-2-khoan-1",
    "dieu-2-khoan-2",
    "dieu-3",
]

PRICES = """
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy định về giá đất.
Điều 2. Quyết định này có hiệu lực từ ngày 15 tháng 6 năm 2017.
QUY ĐỊNH
Về giá đất trên địa bàn tỉnh
(Ban hành kèm theo Quyết định số 35/2017/QĐ-UBND ngày 01/6/2017 của UBND tỉnh)
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
1. Giá đất ở theo Phụ lục I.
2. Mẫu đơn theo Phụ lục II kèm theo.
Điều 2. Đối tượng áp dụng
Người sử dụng đất.
Phụ lục I
BẢNG GIÁ ĐẤT Ở
(Kèm theo Quyết định số 35/2017/QĐ-UBND)
TT | Đường | Giá (đồng/m²)
1 | Hùng Vương | 12.000.000
2 | Quang Trung | -
Giá chưa gồm thuế.
PHỤ LỤC II: MẪU ĐƠN
Điều 1. Bên giao
1. Họ và tên
Điều 2. Bên nhận
"""


def anchors(text, **options):
    return [block.anchor for block in parse(text, **options) if block.anchor]


def outline(nodes):
    """[(title, [(title, […])])] of a table of contents."""
    return [(node.title, outline(node.children)) for node in nodes]
