source: vns
host: vns.localhost
id: 1761204
slug: last-wood-fired-kiln-lit-again
channel: society
section: Society
title: Last wood-fired kiln lit again
lead: Potters on the outskirts of Hà Nội have lit a wood-fired kiln that had stood cold for 34 years.
published: 2026-10-06T08:25:00
tags: pottery, Hà Nội
place: VN-HN

[photo] The kiln is fed with pine for 36 hours. — VNA/VNS Photo Thanh Hải
HÀ NỘI — Potters on the outskirts of Hà Nội have lit a wood-fired kiln that had stood cold for 34 years, after neighbours gave up their woodsheds to feed it.
Master potter Lê Văn Cửu, 81, looked at the colour of the flame and never at the thermometer that his grandson had brought.
Of the 420 bowls in the kiln, 390 came out whole, which is more than anyone had hoped for.
The next firing is planned for the first full moon after Tết, and seats around the kiln are already taken. — VNS
