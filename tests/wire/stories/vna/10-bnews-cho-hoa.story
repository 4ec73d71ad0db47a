source: vna
host: bnews.vna.localhost
form: bare
id: 436377
slug: cho-hoa-da-u-mo-i-chua-n-bi-ha-ng-te-t
section: Thị trường
title: Chợ hoa đầu mối chuẩn bị hàng Tết từ sớm
lead: Tiểu thương chợ hoa đầu mối đặt giống từ giữa tháng 10, sớm hơn mọi năm ba tuần.
published: 2026-10-16T14:08:05
author: Mai Phương/Bnews/vnanet.vn
tags: chợ hoa, Tết
place: VN-HN

Hà Nội (TTXVN) – Mới giữa tháng 10, các chủ vựa ở chợ hoa đầu mối đã chốt đơn đặt giống lay ơn, hoa ly và cúc cho vụ Tết.
Chị Ngô Thị Quyên, bán hoa 18 năm, nói rằng năm nay rét sớm nên phải tính lùi ngày xuống củ.
[figure] Hoa ly trong nhà lưới. Ảnh: Mai Phương/BNEWS/TTXVN
Giá củ giống nhập về tăng khoảng 5%, song giá hoa bán buôn được dự báo giữ nguyên.
Ban quản lý chợ đã bố trí thêm 40 chỗ đỗ xe tải nhỏ và kéo dài giờ mở cửa đến 4 giờ sáng.
