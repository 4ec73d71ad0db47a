source: vgp
host: en.vgp.localhost
id: 111261022151910066
slug: government-sets-aside-fund-for-storm-shelters
channel: policies
section: Policies
title: Government sets aside fund for storm shelters
lead: The Government has set aside VND 540 billion to build 90 community storm shelters along the central coast by the end of 2027.
published: 2026-10-22T15:50:00
tags: storm, shelter

Each shelter holds 250 people, stands at least 1.5 m above the highest flood on record, and serves as a kindergarten or a market hall for the rest of the year.
[figure] Model of a community storm shelter - Photo: VGP
The fund pays 70 percent of the cost; provinces bear the rest and choose the sites together with the people who will use them.
Speaking at a meeting on Thursday afternoon, Deputy Minister Pham Ngoc Toan asked that the keys be kept by families who live next door.
The first ten shelters are expected before the storm season of 2027./.
