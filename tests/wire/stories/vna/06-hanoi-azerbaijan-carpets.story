source: vna
host: en.vna.localhost
id: 341702
slug: exhibition-of-azerbaijani-carpets-opens-in-hanoi
channel: culture-sports
section: Culture - Sports
title: Exhibition of Azerbaijani carpets opens in Hanoi
lead: Thirty-two carpets from Azerbaijan, the oldest of them woven in 1870, are on show in Hanoi.
published: 2026-11-04T11:10:00
author: Lê Hồng Nhung
tags: Azerbaijan, carpets, Hanoi
place: VN-HN

Hanoi (VNA) – Thirty-two carpets from Azerbaijan, the oldest of them woven in 1870, are on show at the Museum of Weaving in Hanoi from November 4 to 30.
[figure] Visitors look at a carpet from the town of Shaki. (Photo: VNA)
At the opening ceremony, museum director Tạ Thị Hoài said that weavers of both countries tie their knots in the same way, though they live seven thousand kilometres apart.
Curator Aysel Rahimova of Baku will give a lesson for beginners each Saturday, with looms brought from home.
In return, a collection of brocade from the northwestern highlands will travel to Baku next spring.
Entrance is free for students.
VNA
