source: vns
host: vns.localhost
form: span
id: 1762820
slug: record-number-of-turtle-nests-on-con-dao
channel: environment
section: Environment
title: Record number of turtle nests on Côn Đảo
lead: Rangers counted 912 turtle nests on the Côn Đảo Islands this season.
published: 2026-11-12T07:55:00
tags: turtles, Côn Đảo

CÔN ĐẢO — Rangers counted 912 turtle nests on the islands of Côn Đảo this season, the highest number since counting began.
Beach lights were put out between nine in the evening and four in the morning, and boats kept a distance of 500 metres.
Ranger Lưu Hoài Nam said that he walked eleven kilometres each night and has not seen a full night's sleep since May.
[empty]
Volunteers helped 74,000 hatchlings across the sand.
The park is looking for 60 volunteers for next year. — VNA/VNS
