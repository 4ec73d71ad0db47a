source: vna
host: en.vna.localhost
id: 342010
slug: night-market-brings-lights-to-lang-son
channel: society
section: Society
title: Night market brings lights to Lang Son
lead: A night market with 140 stalls has opened in the northern border province of Lang Son.
published: 2026-11-16T19:25:00
tags: Lang Son, market
place: VN-09

Lang Son (VNA) – A night market with 140 stalls has opened in the northern border province of Lang Son, selling roast duck, star anise and bags woven from rush.
[figure] Stalls at the night market. (Photo: VNA)
A third of the stalls belong to families from the hills who come down only on Fridays and sleep at a hostel that the town keeps for them.
Market manager Nông Văn Slao said that nobody may sell a thing that was made in a factory.
Musicians with a đàn tính play at the gate from seven in the evening.
VNA
