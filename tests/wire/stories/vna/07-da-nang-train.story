source: vna
host: en.vna.localhost
id: 341855
slug: panorama-train-to-run-over-hai-van-pass
channel: travel
section: Travel
title: Panorama train to run over Hai Van Pass
lead: A train with glass roofs will run over the Hai Van Pass between Da Nang and Hue each morning from December 5.
published: 2026-11-09T16:40:00
tags: Da Nang, train, tourism
place: VN-DN

Da Nang (VNA) – A train with glass roofs will run over the Hai Van Pass between Da Nang and Hue each morning from December 5, the railway company said on November 9.
[figure] A carriage with a glass roof at Da Nang station. (Photo: VNA)
The ride takes two hours and forty minutes, with a stop of twenty minutes at Lang Co, where fishermen sell grilled squid on the platform.
Tickets cost 390,000~VND (14.80 USD); children under six ride free on a lap.
Stationmaster Huỳnh Công Danh said 60 seats of the 256 are kept for people who buy on the day itself./.

== correction ==
updated: 2026-11-18T20:05:00
title: Panorama train to run over Hai Van Pass from December 12

[1] Da Nang (VNA) – A train with glass roofs will run over the Hai Van Pass between Da Nang and Hue each morning from December 12, a week later than planned, the railway company said.
[4] Tickets cost 350,000 VND (13.30 USD); children under six ride free on a lap.
