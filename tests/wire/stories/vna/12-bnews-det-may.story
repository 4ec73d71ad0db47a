source: vna
host: bnews.vna.localhost
form: bare
id: 436915
slug: xuong-ma-y-nho-lie-n-ke-t-mua-so-i
section: Doanh nghiệp
title: Xưởng may nhỏ liên kết mua sợi, giảm giá thành
lead: Bốn mươi xưởng may nhỏ lập nhóm mua chung sợi và phụ liệu, mỗi năm tiết kiệm hơn 20 tỷ đồng.
published: 2026-11-06T15:27:33
author: Hà Linh/Bnews/vnanet.vn
tags: dệt may, liên kết
place: VN-SG

TP. Hồ Chí Minh (TTXVN) - Bốn mươi xưởng may nhỏ vừa ký thỏa thuận mua chung sợi, cúc và khóa kéo, đặt hàng mỗi tháng một lần.
Bà Châu Mỹ Duyên, trưởng nhóm, cho biết trước đây mỗi xưởng mua lẻ nên giá cao hơn nhà máy lớn tới 9%.
[figure] Công nhân kiểm tra sợi trước khi dệt. Ảnh: Hà Linh/BNEWS/TTXVN
Nhóm thuê chung một kho 800 m2, ai cần gấp có thể vay sợi của bạn rồi trả sau.
Quý tới, nhóm dự định mở lớp dạy cắt may trên máy tính cho 120 thợ.
