source: vgp
host: vgp.localhost
id: 102261014093518552
slug: bao-tang-gom-mo-cua-mien-phi-trong-thang-10
channel: chinh-sach-va-cuoc-song
section: Chính sách và cuộc sống
title: Bảo tàng Gốm mở cửa miễn phí trong tháng 10
lead: Hơn 1.200 hiện vật, trong đó có chiếc bình hoa lam cao 1,1~m, được giới thiệu với công chúng mà không thu vé từ hôm nay đến hết ngày 31/10.
published: 2026-10-14T10:15:00
tags: bảo tàng, gốm, văn hóa

[empty]
[figure] Khách tham quan phòng trưng bày gốm hoa lam - Ảnh: VGP/Minh Thùy
Giám đốc Bảo tàng Hoàng Thị Quỳnh Như cho hay các phòng trưng bày được sắp xếp lại theo dòng chảy của con sông, từ lò nung thượng nguồn xuống bến thuyền.
Mỗi cuối tuần, nghệ nhân sẽ chuốt gốm tại sân và hướng dẫn trẻ em nặn những con vật nhỏ.
[figure] Nghệ nhân hướng dẫn trẻ em nặn gốm - Ảnh: VGP/Minh Thùy
Bảo tàng cũng phát hành một tập bản đồ 24 trang về các lò gốm cổ; bản in được tặng cho 500 khách đến sớm nhất.
Người khuyết tật và người cao tuổi có lối đi riêng ở cổng phía nam.
[byline] Minh Thùy
[related] phuc-dung-lo-nung-co-ben-song | Phục dựng lò nung cổ bên sông
