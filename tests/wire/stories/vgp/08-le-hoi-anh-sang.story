source: vgp
host: vgp.localhost
id: 102261117160808214
slug: le-hoi-anh-sang-ben-ho-dung-den-lam-tu-giay-do
channel: chinh-sach-va-cuoc-song
section: Chính sách và cuộc sống
title: Lễ hội ánh sáng bên hồ: Dùng đèn làm từ giấy dó
lead: Ba nghìn chiếc đèn giấy dó sẽ thắp sáng bờ hồ trong ba đêm 27, 28 và 29/11.
published: 2026-11-17T16:45:00
tags: lễ hội, giấy dó

Ban tổ chức cho biết toàn bộ đèn do 12 gia đình làng giấy làm trong bốn tháng, khung bằng tre, không dùng keo nhựa.
[figure] Đèn giấy dó trong buổi thử sáng - Ảnh: VGP/Thu Hà
Sau lễ hội, đèn được tặng cho các trường tiểu học; em nào mang đèn về sẽ được kể cách người xưa giã giấy.
Xe buýt quanh hồ chạy thêm đến 23 giờ 30 phút.
[byline] Thu Hà
