source: vna
host: bnews.vna.localhost
id: 437402
slug: dien-dan-mu-a-muo-i-sa-ch-o-mie-n-trung
section: Thị trường
title: Diêm dân vào mùa muối sạch ở miền Trung
lead: Muối kết tinh trên bạt cho năng suất cao gấp rưỡi, giá bán gấp đôi muối nền cát.
published: 2026-11-18T08:20:54
author: Thanh Sơn/Bnews/vnanet.vn
tags: muối, diêm dân

Toàn vùng có 1.100 ha ruộng muối trải bạt, mỗi héc-ta thu 120 tấn trong vụ này.
[figure] Diêm dân cào muối trên ruộng trải bạt. Ảnh: Thanh Sơn/BNEWS/TTXVN
Ông Ngụy Khắc Tường, diêm dân, nói rằng muối trên bạt trắng và khô, chỉ cần rửa một nước là đóng túi được.
Hợp tác xã đã ký bán 8.000 tấn cho ba cơ sở làm nước mắm.
