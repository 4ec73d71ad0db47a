source: vgp
host: vgp.localhost
id: 102261103090127640
slug: khanh-thanh-thu-vien-cho-truong-noi-tru-vung-cao
channel: chinh-sach-va-cuoc-song
section: Chính sách và cuộc sống
title: Khánh thành thư viện cho trường nội trú vùng cao
lead: Thư viện hai tầng với 9.000 đầu sách được khánh thành sáng 3/11, phục vụ hơn 700 học sinh của ba xã.
published: 2026-11-03T11:20:00
tags: giáo dục, thư viện, vùng cao

[figure] Học sinh trong phòng đọc của thư viện mới - Ảnh: VGP/Nhật Nam
Công trình được xây bằng gạch đất nện, mái lợp ngói âm dương, mùa đông giữ ấm hơn nhà khung thép khoảng 4 độ C.
Thầy giáo Giàng A Páo, người phụ trách thư viện, cho biết một phần tư số sách là truyện song ngữ do chính học sinh kể và vẽ.
Thư viện mở cửa đến 21 giờ; cuối tuần, người dân trong bản cũng được mượn sách.
Vụ Giáo dục dân tộc cho biết mô hình sẽ được nhân rộng ở năm huyện trong năm học tới.
[byline] Nhật Nam
[related] xe-sach-luu-dong-len-ban | Xe sách lưu động lên bản
