source: xinhua
host: xinhua.localhost
id: 43d16face2b05d6c9c31f6dcc2ebdd89
slug: shanghai-marathon
channel:
section: Sports
title: Update: Rain shortens lantern race in Shanghai
lead: Heavy rain has shortened a lantern race in Shanghai from ten kilometers to six.
published: 2026-11-15T22:10:44
tags: Shanghai, race
place: CN-SH

SHANGHAI, Nov. 15 (Xinhua) -- Heavy rain has shortened a lantern race in Shanghai from ten kilometers to six, and the winner came in with the only lantern that was still alight.
Some 4,000 runners took part, each with a paper lantern made by hand.
"I ran as if I carried soup," said the winner, Tang Yifei, a baker.
The race will be held again in the spring.
Enditem
