source: vgp
host: vgp.localhost
id: 102261027154402276
slug: hop-tac-xa-che-ban-hang-qua-cho-phien-truc-tuyen
channel: kinh-te
section: Kinh tế
title: Hợp tác xã chè bán hàng qua "chợ phiên" trực tuyến
lead: Mỗi tối thứ Ba, 38 hợp tác xã chè vùng trung du cùng mở một phiên chợ trên mạng; phiên đầu tiên bán được 2,4 tấn chè khô.
published: 2026-10-27T16:10:00
tags: chè, hợp tác xã, thương mại điện tử

Phiên chợ do Liên minh Hợp tác xã tổ chức, kéo dài hai giờ, người bán giới thiệu ngay tại đồi chè hoặc bên chảo sao.
Chị Lường Thị Hoa, người dẫn phiên, nói rằng khách hỏi nhiều nhất là “chè này hái hôm nào”, nên mỗi túi chè nay ghi rõ ngày hái và tên người sao.
[figure] Sao chè thủ công tại hợp tác xã - Ảnh: VGP/Đỗ Hương
Chi phí vận chuyển được bưu điện giảm một nửa trong ba tháng đầu; đơn hàng dưới 5 kg đến tay người mua trong 48 giờ.
Sau chè, phiên chợ sẽ mời các hợp tác xã mật ong và miến dong tham gia.
[byline] Đỗ Hương
