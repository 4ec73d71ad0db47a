source: vgp
host: en.vgp.localhost
form: dash
id: 111261029093307518
slug: coffee-harvest-begins-two-weeks-early
channel: economy
section: Economy
title: Coffee harvest begins two weeks early in Central Highlands
lead: Growers in the Central Highlands have begun to pick coffee two weeks earlier than usual after a warm and even rainy season.
published: 2026-10-29T10:05:00
tags: coffee, Central Highlands

The crop is estimated at 1.75 million tons, 4 percent more than last year, according to the Department of Crop Production.
[figure] Picking ripe coffee by hand - Photo: VGP
Cooperatives in 11 communes agreed to buy only cherries that are at least 90 percent ripe and to pay a premium of VND 1,200 per kilogram.
Buses will bring 8,000 pickers from the coast; their fare is shared by growers and roasters./.
