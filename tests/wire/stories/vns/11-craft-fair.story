source: vns
host: vns.localhost
id: 1762957
slug: craft-fair-in-hai-phong-sells-by-weight-of-time
channel: economy
section: Economy
title: Craft fair in Hải Phòng prices goods by the hour
lead: At a fair in Hải Phòng every price tag tells how long the maker worked.
published: 2026-11-14T10:45:00
author: Khánh Dương
tags: crafts, Hải Phòng
place: VN-HP

HẢI PHÒNG — At a fair in the port city of Hải Phòng every price tag tells how long the maker worked, from 20 minutes for a whistle to eleven weeks for a lacquer screen.
[photo] A basket that took nine hours. — VNS Photo Khánh Dương
Organiser Đoàn Thu Ngân said visitors bargain less once they have read the tag.
The fair brings together 160 makers from 14 provinces and runs until November 22.
Half of the stalls are run by people under thirty. — VNS
