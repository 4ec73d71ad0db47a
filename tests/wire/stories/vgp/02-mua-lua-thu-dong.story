source: vgp
host: vgp.localhost
form: dash
id: 102261009140331008
slug: vu-lua-thu-dong-duoc-mua-nong-dan-phan-khoi
channel: kinh-te
section: Kinh tế
title: Vụ lúa thu đông được mùa, nông dân phấn khởi
lead: Đến ngày 9/10, các địa phương vùng đồng bằng đã thu hoạch 310.000 ha lúa thu đông, năng suất bình quân 5,9 tấn/ha.
published: 2026-10-09T14:40:00
tags: lúa thu đông, nông nghiệp

Theo Cục Trồng trọt, đây là năm thứ ba liên tiếp năng suất vụ thu đông tăng, chủ yếu nhờ giống lúa ngắn ngày và lịch xuống giống tập trung.
[figure] Thu hoạch lúa trên cánh đồng mẫu - Ảnh: VGP
Bà Đặng Thị Thúy, chủ ruộng 3 ha, cho biết thương lái đặt cọc từ đầu tháng với giá 6.800 đồng/kg, cao hơn cùng kỳ khoảng 200 đồng.
Các hợp tác xã đang phơi sấy ngay tại ruộng để kịp giao hàng trước ngày 20/10.
Cơ quan chuyên môn khuyến cáo bà con cày vùi rơm rạ, không đốt đồng, và chờ con nước rằm mới bơm tát cho vụ sau.
[byline] Đỗ Hương
