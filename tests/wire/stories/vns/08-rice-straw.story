source: vns
host: vns.localhost
id: 1762541
slug: straw-is-worth-more-than-ash
channel: economy
section: Economy
title: Straw is worth more than ash
lead: Farmers in Đồng Tháp earned US$6.2 million with rice straw this year.
published: 2026-11-06T09:30:00
tags: rice, Đồng Tháp
place: VN-45

ĐỒNG THÁP — Farmers in the Mekong Delta province of Đồng Tháp earned US$6.2 million with rice straw in the first ten months of this year, about three times as much as in all of 2025.
Straw is rolled by machine on the field and goes to mushroom houses, cattle farms and a mill that makes paper bags.
Burning it is no longer worth the match, said Huỳnh Văn Bé Tư, who rolls straw for 140 neighbours.
[figure] Straw rolls wait for the boat. — VNA/VNS Photo Nhựt An
The province expects that 80 per cent of its straw will be sold by 2028, up from 47 per cent now. — VNS
