source: azertac
host: azertac.localhost
form: en
language: en
id: 4421998
slug: school_of_silk_opens_in_shaki
channel: culture
section: Culture
title: School of silk opens in Shaki
lead: A school where silk is spun, dyed and printed has opened its doors in Shaki.
published: 2026-11-11T13:05:00
tags: silk, Shaki
place: AZ-SA

Shaki, November 11, AZERTAC
A school where silk is spun, dyed and printed has opened its doors in Shaki, in a mill that had been shut for 25 years.
[figure] Headscarves printed at the school
The first forty students carve their own wooden stamps, said master Hikmat Jabbarzade, who has 600 of his grandfather's.
Mulberry trees for the silkworms grow in the yard and along the road to the station.
Lessons are free; what the students make belongs half to them and half to the school.

== correction ==
updated: 2026-11-18T22:40:00

[4] The first sixty students carve their own wooden stamps, said master Hikmat Jabbarzade, who has 600 of his grandfather's.
[6] Lessons are free; what the students make belongs to them.
