source: vns
host: vns.localhost
id: 1761388
slug: canal-boats-return-after-twelve-years
channel: society
section: Society
title: Canal boats return after twelve years
lead: Boats carry passengers again on a canal in the middle of HCM City.
published: 2026-10-10T07:40:00
author: Bồ Xuân Hiệp
tags: HCM City, canal
place: VN-SG

HCM CITY — Boats carry passengers again on a canal of 4.7 kilometres in the middle of HCM City, twelve years after the last line was given up.
[figure] A boat leaves the pier at dawn. — VNS Photo
Seven electric boats with 20 seats each leave every quarter of an hour between six in the morning and ten at night.
Trương Mỹ Lệ, who sells noodles by the pier, said that more people now eat breakfast standing up, “with one eye on the boat”.
[empty]
A ride costs VNĐ15,000, and nothing for those who bring a bag of rubbish fished from the water.
The city wants to open two more canals by 2028. — VNS
