source: vgp
host: vgp.localhost
id: 102261110134519903
slug: nang-cap-bon-cang-ca-truoc-mua-bien-2027
channel: kinh-te
section: Kinh tế
title: Nâng cấp bốn cảng cá trước mùa biển 2027
lead: Bốn cảng cá được nạo vét luồng và xây kho lạnh với tổng kinh phí 286 tỷ đồng, hoàn thành trước tháng 3/2027.
published: 2026-11-10T14:30:00
tags: cảng cá, thủy sản

Theo quyết định vừa được ký, luồng vào mỗi cảng sẽ sâu thêm ít nhất 1,2 m để tàu dài 24 m ra vào được cả khi nước ròng.
Kho lạnh tại cảng chứa 1.500 tấn, dùng điện mặt trời trên mái vào ban ngày.
[figure] Cảng cá trước khi nạo vét luồng - Ảnh: VGP
Phó Cục trưởng Cục Thủy sản Bùi Ngọc Khánh lưu ý các địa phương bố trí chỗ neo đậu tạm, không để ngư dân phải nghỉ biển quá ba ngày.
Việc nạo vét bắt đầu từ ngày 20/11 và tạm dừng vào những ngày gió trên cấp 6.
[byline] Kim Liên

== correction ==
updated: 2026-11-18T21:15:00
lead: Bốn cảng cá được nạo vét luồng và xây kho lạnh với tổng kinh phí 268 tỷ đồng, hoàn thành trước tháng 3/2027.

[2] Kho lạnh tại cảng chứa 1.200 tấn, không phải 1.500 tấn như đã đưa, và dùng điện mặt trời trên mái vào ban ngày.
