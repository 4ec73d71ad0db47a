source: vna
host: en.vna.localhost
id: 341077
slug: can-tho-opens-cold-store-for-fruit-exports
channel: business
section: Business
title: Can Tho opens cold store for fruit exports
lead: Can Tho (VNA) – The Mekong Delta city of Can Tho on October 8 opened a cold store with room for 12,000 tonnes of fruit, the largest one south of Ho Chi Minh City.
published: 2026-10-08T17:05:00
tags: Can Tho, fruit, exports
place: VN-CT

The store stands beside the river port of Cai Cui, so that mangoes and durians can go from the boat into the cold within forty minutes.
[figure] Workers sort mangoes at the new cold store. (Photo: VNA)
Director Lâm Quốc Bảo said each chamber has a temperature of its own and that growers may rent as little as one shelf.
[ad]
The city expects to cut losses after the harvest from 22% to below 10% within two seasons.
Three shipping lines have agreed to call at the port twice a week from November./.
