"""Letters of invented people. What an editor must hide stands in braces, with its kind: {phone:0905 123 456}."""

import re

from portal.text.personal import Kind

MARK = re.compile(r"\{(?P<kind>[a-z_]+):(?P<text>[^{}]+)\}")

LETTERS = """
Kính gửi: Ủy ban nhân dân huyện Tư Nghĩa
Tôi tên là {name:Nguyễn Văn Tẻo}, {birth_date:sinh năm 1962}, CMND số {id_number:212345678} do Công an tỉnh Quảng \
Ngãi cấp ngày 12/3/2010.
Trú tại: {address:tổ 3, thôn An Phú Trung}, xã Nghĩa Phương, huyện Tư Nghĩa. Điện thoại: {phone:0905 123 456}.
Tôi đề nghị cho biết theo Quyết định số 16/2017/QĐ-UBND thì mức bồi thường là bao nhiêu.
---
Kính gửi Sở Tài nguyên và Môi trường, gia đình tôi có thửa đất {address:số 125, tờ bản đồ số 14} tại xã Bình Châu, \
huyện Bình Sơn.
Chủ hộ là bà {name:Trần Thị Mén}. Mọi liên hệ xin gửi về {email:tran-thi-men.khong-co-that@gmail.com} hoặc gọi \
{phone:0168 345 6789}. Xin cảm ơn.
---
Cho em hỏi thủ tục cấp lại căn cước. Em tên {name:Lê Hoàng Yến Nhi}, số căn cước {id_number:051198001234}, hiện ở \
{address:số 12/3 đường Hùng Vương}, phường Trần Phú, thành phố Quảng Ngãi.
---
Tôi là {name:Phạm Đình Khoai}, nhà ở {address:hẻm 45/2 Nguyễn Trãi}, phường Nghĩa Lộ. Đường Phạm Văn Đồng đoạn trước \
Trường THPT Trần Quốc Tuấn bị ngập nặng.
---
Tiền hỗ trợ xin chuyển vào số tài khoản {bank_account:4500 2051 23456} tại Ngân hàng Nông nghiệp chi nhánh Mộ Đức, \
chủ tài khoản {name:Võ Thị Lụm}.
---
STK: {bank_account:0071001234567} Vietcombank, tên {name:NGUYỄN HỮU CHÍP}. Số tiền 1.234.567 đồng đã nộp ngày \
05/6/2017.
---
toi ten la {name:nguyen van beo}, sdt {phone:0914.222.333}, nha o {address:thon 4}, xa Duc Chanh, huyen Mo Duc. Duong \
lien xa hu hong nang, mong cac cap quan tam
---
ĐƠN KIẾN NGHỊ
Họ và tên: {name:ĐINH VĂN RỀU}
Số CMND: {id_number:212 678 901}
Địa chỉ: {address:xóm Đèo, thôn Làng Rào}, xã Sơn Thủy, huyện Sơn Hà
Điện thoại: {phone:+84 905-123-456}
---
Chị {name:Huỳnh Thị Bông} nhà bên cạnh nuôi heo gây ô nhiễm. Đã báo {name:ông Tám} trưởng xóm nhưng không giải quyết.
---
Xe tải biển số {plate:76C-123.45} thường xuyên chở quá tải trên quốc lộ 1 đoạn qua xã Đức Lân. Người báo: {name:Bùi \
Quốc Khờ}, ĐT {phone:(0255) 3822678}.
---
Số hộ chiếu của tôi là {id_number:B1234567}, cấp năm 2015. Tôi muốn gia hạn thì nộp hồ sơ ở Phòng Quản lý xuất nhập \
cảnh phải không?
---
Gửi về mail {email:ten.toi_la_ai_khong_co_that (a) gmail.com} giúp tôi, hoặc \
{email:bup.be.khong.co.that[at]yahoo.com.vn}. Cảm ơn Sở Y tế.
---
Bà {name:Ngô Thị Xoài} ({birth_date:sinh năm 1940}) là mẹ liệt sĩ {name:Trịnh Công Mít}, đến nay chưa được hưởng chế \
độ theo Nghị định 31/2013/NĐ-CP.
---
Người gửi: {name:Đặng Minh Ổi}
Email: {email:dang-minh-oi.khong-co-that@outlook.com}
Nội dung: Đề nghị công khai quy hoạch tuyến đường Trần Hưng Đạo nối dài.
---
Tôi đã gửi đơn đến UBND xã Nghĩa Hà ngày 2/3/2017 và ngày 4/5/2017 nhưng chưa được trả lời. Đề nghị huyện kiểm tra.
Kính đơn
{name:Trương Văn Cóc}
---
Con tôi là cháu {name:Phan Gia Bảo Ngọc} học lớp 5 Trường Tiểu học Nguyễn Nghiêm, năm học 2017-2018 có được miễn học \
phí không? Phụ huynh: {name:Phan Văn Gừng}, {phone:0977123456}.
---
Tôi ở {address:KDC số 5, thôn Phú Lâm}, xã Hành Thiện, huyện Nghĩa Hành. Trạm Y tế xã không có bác sĩ trực ban đêm.
---
Căn cước công dân của vợ tôi số {id_number:051.187.005.678}, của tôi là {id_number:051085004321}.
---
Anh {name:Cao Hữu Dừa} và anh {name:Hồ Văn Mướp} đánh bắt thủy sản bằng xung điện tại hồ Núi Ngang. Đề nghị Công an \
huyện Ba Tơ xử lý.
---
Ông {name:Đỗ Hữu Bắp}, Phó Chủ tịch UBND xã Phổ Cường, hứa giải quyết trong tháng 8 năm 2017 nhưng không làm.
---
Số điện thoại của tôi: {phone:84905123456}, Zalo {phone:0938 765 432}. Đường dây nóng 1900 9095 và 113 gọi không được.
---
Liên hệ {phone:055.3822678} gặp {name:cô Lành}. Địa chỉ {address:145 Lê Lợi}, phường Chánh Lộ.
---
Em là {name:Lý Thị Khế}, sinh ngày {birth_date:12/3/1995}, quê quán xã Tịnh Khê. Em trúng tuyển viên chức nhưng chưa \
có quyết định.
---
Gia đình bà {name:Mai Thị Dền} và hộ ông {name:Dương Văn Cà} ({address:tổ dân phố 4}, thị trấn Châu Ổ) tranh chấp lối \
đi.
---
Sổ bảo hiểm xã hội số {id_number:5114001234} của tôi bị sai tên: đúng là {name:Tạ Thị Hẹ}, in nhầm {name:Tạ Thị Hè}.
---
Vay ngân hàng từ năm 2015, tài khoản ngân hàng của tôi {bank_account:102345678901} bị phong tỏa 250.000.000 đồng.
---
Tôi, {name:Châu Thanh Sả}, thường trú tại {address:thôn Tân Phú}, xã Phổ Châu, huyện Đức Phổ; điện thoại \
{phone:0255.3859123}. Kính mong Chủ tịch UBND tỉnh xem xét.
---
Kính gửi anh {name:Vũ Đức Tỏi} phụ trách một cửa. Hồ sơ của em mã 000.00.15.H48-170612-0001 quá hạn từ ngày \
12/06/2017.
Trân trọng,
{name:Đoàn Thị Nghệ}
---
Nhà tôi {address:số nhà 27B, đường số 3, khu dân cư Bắc Lê Lợi}, TP Quảng Ngãi chưa có nước máy.
---
Xin hỏi giấy phép lái xe số {id_number:510123456789} đổi ở đâu? {name:Lâm Chí Tiêu}
---
nhờ các anh chị kiểm tra giúp hồ sơ của {name:trần thị bưởi}, cmnd {id_number:212987654}. cảm ơn nhiều
---
Chúng tôi là các hộ dân khu tái định cư Tịnh Ấn Tây, thành phố Quảng Ngãi, kiến nghị UBND tỉnh, Sở Xây dựng, Sở Giao \
thông vận tải sớm hoàn thành đường gom cầu Thạch Bích.
---
Theo Luật Đất đai năm 2013 và Nghị định số 43/2014/NĐ-CP ngày 15/5/2014 của Chính phủ, diện tích 12.345 m2, giá \
1.200.000 đồng/m2 thì nộp bao nhiêu?
---
Đề nghị Sở Giáo dục và Đào tạo cho biết Trường THCS Nguyễn Tự Tân, Trường Mầm non số 2 Nghĩa Phương và Trường Đại học \
Phạm Văn Đồng có tuyển giáo viên năm 2017 không?
---
Ngã tư Lê Lợi - Hùng Vương, đường Phan Đình Phùng, Nguyễn Bá Loan và Cao Bá Quát thường xuyên kẹt xe lúc 17 giờ 30.
---
Huyện Tư Nghĩa, huyện Mộ Đức, huyện Lý Sơn và xã Nghĩa Phương, thị trấn La Hà có bao nhiêu hộ nghèo theo chuẩn \
2016-2020?
---
Tổng mức đầu tư 123.456.789.000 đồng, vốn năm 2017 là 15.000.000.000 đồng, theo Công văn 1234/UBND-KGVX và Nghị quyết \
số 05/NQ-HĐND.
---
Hoàng Sa, Trường Sa là của Việt Nam. Dân Lý Sơn, Hà Nội, Hải Dương, Thái Bình đều một lòng. Tết Đinh Dậu năm nay vui.
---
Xin cho biết văn bản của văn phòng UBND tỉnh: hồ sơ, lý do, cao tốc Đà Nẵng - Quảng Ngãi, hồ chứa nước Nước Trong, \
mức hỗ trợ 9 tháng đầu năm 2017.
---
Gọi tổng đài 1800 1234 hoặc 115, hoặc gửi sotttt@quangngai.gov.vn, tiepnhan@mic.gov.vn để được hướng dẫn.
---
Bác Hồ dạy: học tập tốt. Chủ tịch Hồ Chí Minh, đồng chí Phạm Văn Đồng là lãnh đạo. Ông Chủ tịch UBND huyện và bà Giám \
đốc Sở có tiếp dân không?
---
Thưa Ban tiếp công dân, tôi là {name:Lương Thị Mận}, {birth_date:sinh năm 1958}, thường trú {address:xóm 2, thôn \
Thạch By}, xã Phổ Thạnh. Con trai tôi {name:Nguyễn Tấn Chuối} đi bộ đội về năm 2010, nay xin hưởng trợ cấp.
---
Em muốn hỏi về chính sách cử tuyển. Em là {name:Phạm Văn Brếch}, dân tộc Hrê, ở {address:tổ 6, thôn Gò Rộc}, xã Ba \
Vinh, huyện Ba Tơ. Sđt của em: {phone:01689 123 456}
---
Kính gửi: Chủ tịch UBND tỉnh Quảng Ngãi
Tôi ký tên dưới đây là {name:Trần Văn Sầu}, CCCD: {id_number:051 062 003 344}, hộ khẩu thường trú: {address:15/8 Phan \
Bội Châu}, phường Trần Hưng Đạo, TP. Quảng Ngãi.
Nay tôi làm đơn này tố cáo ông {name:Lê Tự Riềng}, Trưởng phòng Tài chính - Kế hoạch huyện.
---
Nhờ Bảo hiểm xã hội tỉnh trả lời: mã số BHXH {id_number:5116789012}, tôi nghỉ thai sản từ tháng 3/2017 mà công ty \
chưa chi trả. {name:Nguyễn Thị Thu Măng}, công nhân Công ty TNHH Đồ gỗ Hoàn Vũ.
---
ALO CHO TÔI HỎI. TÔI TÊN {name:VÕ THANH LỰU} Ở {address:THÔN HẢI NINH} XÃ BÌNH THẠNH. SỐ ĐT {phone:0978 111 222}. LÀM \
SỔ ĐỎ 2 NĂM CHƯA XONG
---
Tôi bị lừa chuyển khoản 35.000.000 đ vào STK {bank_account:19036789012345} (Techcombank) đứng tên {name:HUỲNH VĂN \
KHÓM}. Số máy gọi đến: {phone:0583.456.789}. Công an tỉnh giúp tôi.
---
Nhờ chuyển tiền trợ cấp qua tài khoản số {bank_account:711A 1234 5678} mở tại VietinBank chi nhánh Quảng Ngãi.
---
Số TK: {bank_account:108 0001 23456} - BIDV. Người thụ hưởng: {name:Bùi Thị Sim}
---
Góp ý với Sở GTVT: xe khách {plate:76B-00123} chạy tuyến Quảng Ngãi - Sài Gòn bắt khách dọc đường, lơ xe tên \
{name:Hùng} chửi hành khách. Liên hệ tôi {phone:0914-567-890}.
---
Xe máy {plate:76H1-234.56} của tôi bị giữ ngày 20/7/2017 theo biên bản số 0012345/BB-VPHC. Tôi phải nộp phạt bao \
nhiêu theo Nghị định 46/2016/NĐ-CP? ({name:Đào Ngọc Sấu}, {email:dao-ngoc-sau.khong-co-that@gmail.com})
---
Thầy {name:Trịnh Bá Thìa} dạy thêm trái quy định tại nhà {address:số 08 đường Nguyễn Công Phương}, phường Nghĩa Lộ. \
Phụ huynh Trường THCS Trần Hưng Đạo phản ánh.
---
Chào Sở LĐTBXH. Ba mình là {name:Hồ Tấn Quýt} hy sinh năm 1972, mẹ mình là {name:Nguyễn Thị Dứa} hiện sống tại \
{address:đội 7, thôn Đông Yên 2}, xã Bình Dương. Mẹ mình muốn làm lại bằng Tổ quốc ghi công.
---
Tôi đại diện 25 hộ dân {address:tổ dân phố Liên Hiệp 1}, phường Trương Quang Trọng phản ánh mùi hôi từ nhà máy. Danh \
sách: 1. {name:Nguyễn Hữu Na}; 2. {name:Đinh Thị Mơ}; 3. {name:Lê Quang Đào Tiên}.
---
cho toi hoi ve dat dai. toi la {name:le thi oi} o {address:xom 3 thon Thanh Khiet} xa Nghia Ha. so cmnd \
{id_number:211 456 789}, dt {phone:0935444555}
---
Cháu {name:Ngọc} con chị {name:Tâm} bị bạn đánh ở Trường Tiểu học số 1 Đức Phong, nhà trường không xử lý.
---
Theo bản đồ địa chính, {address:thửa 345, tờ bản đồ 27}, diện tích 512,5 m2, giấy chứng nhận quyền sử dụng đất số \
{id_number:BK 123456} cấp cho ông {name:Tạ Công Ngò} năm 2012.
---
Tôi sinh ngày {birth_date:02/9/1957}, tham gia dân công hỏa tuyến từ 1972 đến 1975, xin hỏi chế độ theo Quyết định \
49/2015/QĐ-TTg. Điện thoại bàn {phone:0255 3 567 890}. {name:Kiều Văn Thơm}.
---
Gửi Phòng Tư pháp huyện Sơn Tịnh: giấy khai sinh của con tôi {name:Võ Hoài An Nhiên} ghi sai ngày sinh {birth_date:15 \
tháng 8 năm 2014}. Xin cải chính. Mẹ cháu: {name:Đỗ Thị Quế}.
---
Bác {name:Năm} và vợ chồng anh {name:Sáu Lượm} lấn chiếm kênh mương nội đồng. Đề nghị UBND xã Hành Phước cưỡng chế.
---
Hỏi: Căn hộ của tôi ({address:căn hộ 1205 chung cư Hưng Thịnh}) bị thấm. Chủ đầu tư không bảo hành. Trả lời qua \
{email:khong-co-that+nha@icloud.com} nhé.
---
Điện thoại liên hệ: {phone:(+84) 98 765 4321} hoặc {phone:098.765.4322}
Fax: {phone:0255 3822 999}
---
Trân trọng cảm ơn!
Người làm đơn
(Ký, ghi rõ họ tên)
{name:Thái Thị Bí}
---
Nguyễn Văn Linh kéo dài, Quang Trung, Hùng Vương: vỉa hè bị lấn chiếm. Đề nghị Đội Quản lý trật tự đô thị thành phố \
kiểm tra, xử lý.
---
Khu du lịch Sa Huỳnh, Mỹ Khê, bãi biển Khe Hai có được đầu tư không? Dự án VSIP, Khu kinh tế Dung Quất tuyển dụng 500 \
lao động năm 2017 phải không?
---
Điều 5 Luật Tiếp cận thông tin số 104/2016/QH13 quy định thế nào? Tôi nghe nói thời hạn là 15 ngày làm việc, lệ phí \
20.000 đồng/trang, tối đa 200.000.000 đ.
---
Hồ Nước Trong xả lũ, Thủy điện Đakđrinh vận hành sai quy trình làm ngập cầu Sông Rin. Đoàn kiểm tra của Bộ Công \
Thương có kết luận chưa? Cao tốc khi nào thông xe?
---
Đề nghị công bố kết quả kỳ thi ngày 15/10/2017: số báo danh 0123, tổng điểm 275. Danh sách có 1.250 thí sinh, sinh \
năm 1990 trở về sau được cộng điểm.
---
Huyện đảo Lý Sơn thiếu nước ngọt, giá 150.000 đồng/m3. Kính đề nghị Tỉnh ủy, HĐND, UBND tỉnh, Đoàn Đại biểu Quốc hội \
tỉnh quan tâm. Thay mặt cử tri xã An Hải, An Vĩnh, An Bình.
---
Đoàn Thanh niên, Hội Cựu chiến binh, Hội Liên hiệp Phụ nữ xã Tịnh Hà tổ chức ra quân. Đỗ xe trước cổng Bệnh viện Đa \
khoa tỉnh, số 42 của đường, gây cản trở.
---
Trưởng thôn An Phú và nhà văn hóa thôn An Phú hoạt động không hiệu quả. Ông Bí thư, bà Chủ tịch Hội phụ nữ cũng không \
quan tâm. Ông ấy, bà ta nói sẽ sửa.
---
Tôi thấy trên Cổng thông tin quangngai.gov.vn, Chủ tịch UBND tỉnh ký Quyết định số 1724/QĐ-UBND. Văn bản có hiệu lực \
từ ngày nào?
---
Tôi tên : {name:Trần Ngọc Mít Ướt} – SĐT : {phone:0905 - 123 - 456} – CMND : {id_number:212.345.679} – Địa chỉ : \
{address:Tổ 9}, P. Quảng Phú, TP Quảng Ngãi.
---
Liên hệ {phone:0905123456}/{phone:0913222333} (anh {name:Long}) hoặc {phone:0255.3822.678}-{phone:0255.3822.679}.
---
Em trai tôi tên {name:Nguyễn Văn Gấu} ({birth_date:SN 1988}) bị bắt quân dịch sai đối tượng. Chị dâu là {name:Hà Thị \
Cam}.
---
Đề nghị làm rõ việc cấp GCNQSDĐ số {id_number:CĐ 234567} cho hộ bà {name:Lưu Thị Chanh} tại {address:thửa đất số 77 \
tờ bản đồ số 3}.
---
Kính thưa ông Chủ tịch! Tôi {name:Nguyễn Thị Hoa Cúc Dại} ngụ {address:kiệt 102/15 Nguyễn Bá Loan}, thành phố Quảng \
Ngãi, có con {name:Trần Nguyễn Bảo An} bị tự kỷ.
---
Số CC: {id_number:051199000123}; mail: {email:an.dau_phu@gmail.com}; tk BIDV {bank_account:5511 0000 123 456}, chủ tk \
{name:AN VĂN ĐẬU}.
---
Kính gửi BHXH, thẻ BHYT của tôi mã {id_number:GD4515116789012}, đi khám trái tuyến được hưởng bao nhiêu phần trăm?
---
Người đề nghị: {name:Phùng Thị Rau Má}
Chỗ ở hiện nay: {address:Xóm Rẫy, thôn Phước Hòa}, xã Đức Phú, huyện Mộ Đức
Tel: {phone:02553 851 234}
---
vo toi la {name:tran thi na} sinh con thu 3 co bi phat khong? toi la can bo xa. lien he {phone:+84.914.555.666}
---
Bạn {name:Thảo} lớp 9A Trường THCS Nguyễn Chánh và bạn {name:Quỳnh Như} đạt giải nhưng không được khen thưởng.
---
Xin hỏi mẫu số 01/ĐK-TCT, mẫu C1-02/NS, Thông tư 95/2016/TT-BTC, mã số thuế nộp ở Chi cục Thuế khu vực nào? Lệ phí \
môn bài 1.000.000đ/năm.
---
Tuyến đường ĐT.624, ĐH 28, QL24 qua địa bàn Nghĩa Hành - Minh Long dài 12 km, vốn 87 tỷ 500 triệu đồng, khởi công \
ngày 03/02/2016.
---
Trường Chính trị tỉnh, Nhà văn hóa Lao động, Công viên Ba Tơ, tượng đài Trương Định, sân bay Chu Lai, Nhà máy lọc dầu \
Dung Quất.
---
Ông bà ta có câu: Nước chảy đá mòn. Anh em Hrê, Co, Ca Dong đoàn kết. Chị em phụ nữ hưởng ứng. Cô giáo, thầy giáo \
vùng cao cần nhà công vụ.
---
Theo Thông báo số 234/TB-UBND, tôi được 7,5 điểm, hệ số lương 2,34, phụ cấp 0,5; lương cơ sở 1.300.000 đồng. Như vậy \
đúng hay sai?
---
Tôi là giáo viên Trường Tiểu học Phổ Minh. Tôi là Bí thư chi đoàn. Em là sinh viên Đại học Tài chính - Kế toán.
---
Chợ Hàng Rượu, chợ Nghề, cầu Trà Khúc 2, đường Bích Khê, phường Lê Hồng Phong, {address:hẻm 12} chưa có tên, đèn \
đường hỏng từ 5 ngày nay.
---
Kinh gui UBND huyen Binh Son. Toi la {name:Nguyen Thi Tuyet Mai Xua}, o {address:doi 3 thon Phuoc Thien}, xa Binh \
Hai. Nha toi bi sat lo. DT: {phone:0166.789.1234}
---
Họ tên: {name:Trương Đình Khế}; năm sinh: {birth_date:1975}; nghề nghiệp: ngư dân; nơi ở: {address:xóm Gành, thôn \
Thạnh Đức 1}, Phổ Thạnh.
---
Bà con chúng tôi gồm {name:Lê Tấn Ngô}, {name:Võ Quốc Kê}, {name:Bùi Thị Đậu Phộng} cùng ký đơn này, nhờ ông \
{name:Kê} đại diện.
---
Giáo viên chủ nhiệm là cô {name:Trần Lê Hoàng Vy} thu tiền sai quy định 350.000 đồng/em, chuyển vào tài khoản cá nhân \
{bank_account:0651000123456}.
---
Tài xế {name:Nguyễn Quốc Bò} điều khiển xe {plate:76C 08812} gây tai nạn cho cha tôi là ông {name:Phạm Trâu}, sinh \
ngày {birth_date:1-1-1950}.
---
Số CMND cũ {id_number:211345678}, số CCCD mới {id_number:051075001122}; ngân hàng đòi tôi xác nhận hai số là một.
---
Nếu cần xin gọi cho tôi theo số {phone:0987 65 43 21} (gặp Chị {name:Bé Ba}) trong giờ hành chính.
---
Thưa ông {name:Nguyễn Cao Kỳ Lạ} – Giám đốc Trung tâm, tôi gửi đơn qua địa chỉ {email:ong.noi@yahoo.com.vn} hai lần \
không hồi âm.
---
Nhà tôi ở {address:số 7 ngõ 12 đường Trần Quang Diệu}, gần chợ. Hàng xóm là gia đình ông bà {name:Tư Hột}.
---
Hợp đồng điện mã khách hàng PC06AA0123456 tên {name:Đặng Văn Đèn}, {address:tổ 12}, phường Chánh Lộ.
---
Tôi nộp tiền tại Agribank Tư Nghĩa số tài khoản thụ hưởng: {bank_account:4506 2010 12345}, nội dung nộp phạt.
---
KÍNH GỬI: THANH TRA TỈNH. TÔI LÀ {name:NGUYỄN VĂN CỦ} {birth_date:SINH NĂM 1960} Ở XÃ NGHĨA AN, ĐIỆN THOẠI \
{phone:0394.123.123}, TỐ CÁO ÔNG {name:PHẠM CHÍN}
---
Mình tên {name:Hân}, công nhân Khu công nghiệp Tịnh Phong, lương 5.500.000, fb không có, zalo {phone:0369369369}.
---
Đơn của bà {name:Hường} ({address:thôn 2}, xã Trà Bùi) đã gửi 3 lần: 5/5, 6/6 và 7/7/2017.
---
Thuế trước bạ xe 110 phân khối giá 18.500.000đ là bao nhiêu? Đăng ký tại Công an huyện hay Phòng Cảnh sát giao thông, \
số 01 Quang Trung?
---
Luật Hộ tịch 60/2014/QH13, Điều 14 khoản 1: trẻ em sinh ra được cấp số định danh cá nhân 12 số phải không ạ?
---
Lễ khao lề thế lính Hoàng Sa, đình làng An Hải, Âm Linh Tự, chùa Hang; cảng Sa Kỳ đi Lý Sơn 30 km, tàu 7 giờ 30 và 13 \
giờ.
---
Tôi mua bảo hiểm xe máy, cảnh sát yêu cầu xuất trình bản gốc. Xin hỏi Bộ Công an có quy định không? Xin cảm ơn Quý cơ \
quan!
---
Xã Ba Trang có Trạm Y tế nhưng thiếu thuốc. Bác sĩ chỉ làm việc 2 ngày mỗi tuần. Bà con người Hrê phải đi 25 km ra \
huyện.
"""


def _letter(marked):
    """The text without its braces, and what they held: (kind, start, end)."""
    text, spans, done = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[done : match.start()]
        spans.append((Kind(match["kind"]), len(text), len(text) + len(match["text"])))
        text += match["text"]
        done = match.end()
    return text + marked[done:], spans


def letters(marked):
    return [_letter(letter.strip()) for letter in marked.split("---\n")]
