source: vna
host: bnews.vna.localhost
id: 436690
slug: tra-m-sa-c-xe-dien-ve-nong-thon
section: Doanh nghiệp
title: Trạm sạc xe điện về nông thôn
lead: Hai nghìn trạm sạc nhỏ sẽ được lắp ở bưu điện xã, trạm y tế và sân kho hợp tác xã.
published: 2026-10-28T09:51:17
author: Đức Dũng/Bnews/vnanet.vn
tags: trạm sạc, xe điện, nông thôn

Mỗi trạm có bốn ổ cắm 3,5 kW, đủ cho xe máy điện và máy cày nhỏ, người dùng trả tiền bằng mã trên điện thoại.
[figure] Trạm sạc đặt tại bưu điện xã. Ảnh: Đức Dũng/BNEWS/TTXVN
Doanh nghiệp đầu tư cho biết tiền thu được chia đôi với nơi đặt trạm; xã nào dùng nhiều sẽ được lắp thêm mái che pin mặt trời.
[ad]
Giá sạc ban đêm là 1.900 đồng/kWh, rẻ hơn ban ngày khoảng một phần ba.
Đợt đầu gồm 300 trạm, hoàn thành trước ngày 31/12/2026.
