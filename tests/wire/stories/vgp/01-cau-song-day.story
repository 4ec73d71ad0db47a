source: vgp
host: vgp.localhost
id: 102261006081244317
slug: thong-xe-cau-song-day-rut-ngan-duong-ve-cac-lang-nghe
channel: kinh-te
section: Kinh tế
title: Thông xe cầu Sông Đáy, rút ngắn đường về các làng nghề
lead: Cây cầu dài 640 m nối hai bờ sông Đáy vừa được thông xe sáng nay (6/10), giúp người dân các làng nghề ven sông bớt 12 km đường vòng.
published: 2026-10-06T09:05:00
tags: cầu Sông Đáy, giao thông, làng nghề

[empty]
[figure] Cầu Sông Đáy trong ngày thông xe - Ảnh: VGP/Thu Hà
Phát biểu tại lễ thông xe, Thứ trưởng Lê Quang Thụy cho biết công trình hoàn thành sớm 45 ngày so với kế hoạch, nhờ các nhà thầu tổ chức thi công “ba ca, bốn kíp” suốt mùa khô.
Cầu có bốn làn xe, hai lề đi bộ rộng 1,5~m, tổng mức đầu tư 412 tỷ đồng từ ngân sách địa phương.
Ông Nguyễn Hữu Hòa, thợ mộc ở bờ tây, nói rằng trước đây mỗi chuyến hàng ra bến phải mất gần một giờ; nay chỉ còn 15 phút.
Trong tháng 11, địa phương sẽ trồng thêm 300 cây xanh dọc đường dẫn và mở một tuyến xe buýt qua cầu.
[byline] Thu Hà
[related] mo-tuyen-buyt-ven-song-day | Mở tuyến buýt ven sông Đáy
