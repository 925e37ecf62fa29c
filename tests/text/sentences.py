"""Ordinary Vietnamese, composed, that tests type in other ways."""

SENTENCES = """
Cộng hòa xã hội chủ nghĩa Việt Nam
Độc lập - Tự do - Hạnh phúc
Ủy ban nhân dân tỉnh Quảng Ngãi ban hành Quyết định số 16/2017/QĐ-UBND
Quy chế hoạt động của Cổng Thông tin điện tử tỉnh Quảng Ngãi
Sở Nông nghiệp và Phát triển nông thôn kiểm tra tuyến đê biển
Người dân huyện đảo Lý Sơn trồng hành, tỏi trên đất bazan
Thuỷ triều dâng cao, khoảng tám trăm hộ phải sơ tán khẩn cấp
Nghiêm cấm mọi hành vi lấn chiếm vỉa hè, lòng đường
Trường trung học cơ sở tổ chức khai giảng năm học mới
Bệnh viện đa khoa tỉnh tiếp nhận hơn một nghìn lượt khám mỗi ngày
Doanh nghiệp nộp thuế thu nhập chậm nhất vào ngày cuối quý
Khuyến khích nghệ nhân truyền dạy cồng chiêng cho lớp trẻ
Ngoằn ngoèo, khúc khuỷu, loắt choắt, quýt ngọt, giếng cổ, gì thế
Xe buýt chạy suốt tuyến Quảng Ngãi đi Sa Huỳnh từ năm giờ sáng
Mức hưởng được tính bằng bình quân của sáu tháng liền kề
Hội đồng nhân dân thông qua chủ trương đầu tư dự án cầu Thạch Bích
Chỉ đạo quyết liệt công tác phòng, chống dịch tả lợn châu Phi
Kỷ luật khiển trách hai cán bộ thuộc phòng Tài nguyên và Môi trường
Ý kiến góp ý gửi về địa chỉ trước ngày hết hạn
Đề nghị các đơn vị khẩn trương hoàn thành hồ sơ quyết toán
""".strip().splitlines()
WORDS = sorted({word.strip(",") for sentence in SENTENCES for word in sentence.split()})
