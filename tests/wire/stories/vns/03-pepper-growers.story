source: vns
host: vns.localhost
form: span
id: 1761590
slug: pepper-growers-turn-to-living-poles
channel: economy
section: Economy
title: Pepper growers turn to living poles
lead: Nearly half of the pepper in Đắk Lắk now climbs on trees.
published: 2026-10-16T09:10:00
tags: pepper, Đắk Lắk
place: VN-33

ĐẮK LẮK — Nearly half of the pepper in the Central Highlands province of Đắk Lắk now climbs on living trees instead of concrete poles, the provincial farmers' union said.
A pole of concrete costs VNĐ110,000 and heats up in the sun, while a young tree costs VNĐ9,000 and gives shade.
Farmer Y Blim Niê said that his yield fell in the first year and has risen by 18 per cent since.
[figure] Pepper vines on living trees in Đắk Lắk Province. — VNA/VNS Photo Tuấn Anh
Buyers from Europe pay a premium of 5 per cent for pepper from such gardens.
The union will give away 200,000 young trees before the rains. — VNS
