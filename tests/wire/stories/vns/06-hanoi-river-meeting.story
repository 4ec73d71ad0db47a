source: vns
host: vns.localhost
id: 1762177
slug: ha-noi-hosts-talks-on-cleaner-rivers
channel: politics-laws
section: Politics & Laws
title: Hà Nội hosts talks on cleaner rivers
lead: Officials of six countries met in Hà Nội to compare how they keep their rivers clean.
published: 2026-10-30T21:10:00
tags: rivers, cooperation
place: VN-HN

HÀ NỘI — Officials of six countries met in Hà Nội on October 30 to compare how they keep their rivers clean, and agreed to count plastic in the same way.
Deputy Minister Hoàng Minh Tuệ, who chaired the meeting, said that until now one country counted bottles and another one kilogrammes, so that nobody could tell who did better.
From next year, each country will weigh what is caught at ten places on the first Saturday of each month and publish the figures within a week.
Delegates also took a boat trip to see a boom made of bamboo that holds back water hyacinth.
The next meeting will take place in Vientiane in October 2027. — VNA/VNS
