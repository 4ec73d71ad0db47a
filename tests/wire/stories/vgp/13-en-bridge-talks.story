source: vgp
host: en.vgp.localhost
id: 111261105113044289
slug: viet-nam-laos-agree-on-footbridge-over-border-river
channel: policies
section: Policies
title: Viet Nam, Laos agree on footbridge over border river
lead: Officials of Viet Nam and Laos on Thursday agreed to build a footbridge of 120 m over a border river so that children on both banks can reach the same school.
published: 2026-11-05T14:20:00
tags: Laos, bridge, border

[figure] The two delegations at the meeting in Ha Noi, November 5, 2026 - Photo: VGP/Nhat Bac
The agreement was signed in Ha Noi by Director Nguyen Thi Bich Van and her Lao counterpart Somchay Vongsa after two days of talks.
Both sides will share the cost in equal parts; work starts in January 2027, when the water is low.
The bridge will be two meters wide, open to walkers and bicycles, and watched over by the two villages in turn.
Director Van said that the old rope ferry would be kept as a museum piece.
Somchay Vongsa expressed his thanks to the villagers of Viet Nam who had rowed Lao children across for eleven years, and said the bridge was theirs in the first place./.
