source: vns
host: vns.localhost
id: 1763199
slug: water-puppets-learn-sign-language
channel: society
section: Society
title: Water puppets learn sign language
lead: A puppet theatre in Hà Nội has made dragons and farmers that can sign.
published: 2026-11-18T09:05:00
tags: puppets, Hà Nội
also: Shadow theatre finds a new hall, Drums for the harvest
place: VN-HN

HÀ NỘI~— A water puppet theatre in Hà Nội has made dragons, ducks and farmers that can sign, so that deaf children can follow the play without a screen.
[photo] A farmer puppet says “rain”. — VNA/VNS Photo Minh Quyết
Carver Vương Đình Khoa gave each hand five joints and says that wood swells at the wrong moment like everybody else.
Eight puppeteers took lessons for half a year at a school for the deaf, whose pupils corrected their accent.
The play will be shown on the first Sunday of each month. — VNS
