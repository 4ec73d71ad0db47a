source: vgp
host: vgp.localhost
id: 10226102007250941
slug: them-doi-tau-dem-phuc-vu-khach-ve-que
channel: kinh-te
section: Kinh tế
title: Thêm đôi tàu đêm phục vụ khách về quê
lead: Ngành đường sắt bổ sung đôi tàu đêm SE37/SE38 chạy từ ngày 1/11, mỗi chuyến có 13 toa với 620 chỗ.
published: 2026-10-20T08:00:00
tags: đường sắt, tàu đêm

Tàu xuất phát lúc 21 giờ 40 phút, đến nơi lúc 5 giờ 15 phút sáng hôm sau, dừng ở chín ga.
Phó Giám đốc ga Vũ Trọng Khuê cho biết toa số 4 dành cho gia đình có trẻ nhỏ, có bàn gấp và rèm che riêng.
[figure] Toa giường nằm của đôi tàu SE37/SE38 - Ảnh: VGP
Vé bán qua mạng từ 8 giờ sáng nay; người đi nhóm từ năm người trở lên được giảm 7%.
Nếu lượng khách ổn định, từ quý I/2027 ngành sẽ nối thêm hai toa chở xe máy.
[byline] Phan Trang
