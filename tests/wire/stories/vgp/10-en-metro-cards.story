source: vgp
host: en.vgp.localhost
id: 111261013083015721
slug: one-card-for-metro-bus-and-river-ferry-in-ho-chi-minh-city
channel: policies
section: Policies
title: One card for metro, bus and river ferry in Ho Chi Minh City
lead: Passengers in Ho Chi Minh City can pay for the metro, 142 bus routes and the river ferry with one card as from November 1.
published: 2026-10-13T08:55:00
tags: transport, Ho Chi Minh City

The card costs nothing; riders put in between VND 20,000 and VND 2 million at any station, or link it with a bank account.
[figure] A reader for the new card at a metro gate - Photo: VGP/Le Anh
According to the city's transport department, changing from one vehicle to another within 60 minutes is free of charge.
Students, people with disabilities and those over 60 keep their discounts, which the card remembers.
[figure] Ferry pier with the new gates - Photo: VGP/Le Anh
Cash will be taken on all routes until the end of 2027./.
[related] new-bus-lanes-open-in-the-south | New bus lanes open in the south
