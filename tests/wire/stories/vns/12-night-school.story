source: vns
host: vns.localhost
id: 1763068
slug: night-school-for-boat-engines-in-can-tho
channel: society
section: Society
title: Night school for boat engines in Cần Thơ
lead: A vocational college in Cần Thơ teaches boat owners to mend electric engines.
published: 2026-11-16T18:15:00
tags: Cần Thơ, education
place: VN-CT

CẦN THƠ — A vocational college in Cần Thơ has begun to teach boat owners how to mend electric engines, in lessons that start after the evening market.
The course takes 24 evenings and costs nothing for those who come by boat.
[figure] An evening lesson at the pier. — VNA/VNS Photo Hồng Giang
Teacher Kiều Quốc Anh said that the oldest of his 52 pupils is 67 and the fastest with a spanner.
The college plans a second course in January. — VNS
