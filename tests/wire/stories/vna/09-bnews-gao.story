source: vna
host: bnews.vna.localhost
id: 436104
slug: xua-t-kha-u-ga-o-tho-m-tang-ma-nh
section: Kinh tế Việt Nam
title: Xuất khẩu gạo thơm tăng mạnh trong quý III
lead: Lượng gạo thơm xuất khẩu quý III đạt 780.000 tấn, tăng 11% so với cùng kỳ, giá bình quân cũng nhích lên.
published: 2026-10-07T10:32:41
author: Hồng Thúy/Bnews/vnanet.vn
tags: gạo thơm, xuất khẩu

[figure] Đóng bao gạo thơm tại nhà máy. Ảnh: Hồng Thúy/BNEWS/TTXVN
Theo Hiệp hội Lương thực, khách hàng châu Phi và Trung Đông mua nhiều nhất, chiếm hơn nửa lượng gạo thơm giao trong ba tháng qua.
Giá chào bán loại 5% tấm ở mức 512 USD/tấn, cao hơn tháng trước 6 USD.
[ad]
Ông Trịnh Công Thắng, chủ một nhà máy xay xát, cho biết đơn hàng đã kín đến giữa tháng 12 và nhà máy phải thuê thêm hai kho.
Các doanh nghiệp mong ngành đường thủy sớm nạo vét luồng để sà lan 2.000 tấn ra cảng không phải chờ con nước.
