source: vna
host: bnews.vna.localhost
id: 437188
slug: ca-ng-ca-n-do-n-chuye-n-ta-u-conta-y-no
section: Kinh tế Việt Nam
title: Cảng cạn đón chuyến tàu container đầu tiên
lead: Chuyến tàu 24 toa chở container đầu tiên vào cảng cạn sáng 13/11, mở đường cho hàng nông sản đi thẳng ra biển.
published: 2026-11-13T11:44:09
author: Văn Bình/Bnews/vnanet.vn
tags: cảng cạn, đường sắt

[figure] Bốc dỡ container tại cảng cạn. Ảnh: Văn Bình/BNEWS/TTXVN
Từ cảng cạn ra cảng biển, tàu đi mất sáu giờ, nhanh hơn xe tải khoảng hai giờ vào mùa mưa.
Giám đốc cảng Quách Thế Hưng cho biết cước giảm 15% trong ba tháng đầu, mỗi tuần có ba chuyến đi và ba chuyến về.
[ad]
Hải quan làm thủ tục ngay tại cảng cạn, container được niêm phong và không phải mở lại.
Tỉnh dự kiến mở rộng bãi thêm 5 ha vào năm 2027.
