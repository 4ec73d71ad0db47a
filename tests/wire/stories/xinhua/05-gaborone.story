source: xinhua
host: xinhua.localhost
id: a8573ff205d22146e5c8fdcbac23758b
slug: botswana-solar
channel: africa/
section: Africa
title: Village clinic in Botswana goes solar
lead: A village clinic in southern Botswana has got power from the sun.
published: 2026-11-05T03:41:09
tags: Botswana, solar

GABORONE, Botswana, Nov. 4 (Xinhua) -- A village clinic in southern Botswana has got power from the sun with the help of engineers from China and a local youth club, officials said on Wednesday.
The 48 panels on the roof feed a refrigerator for vaccines, lamps and a pump.
Nurse Kagiso Molefe said that babies no longer have to be born by candlelight.
The youth club looks after the panels and washes them every week.
Enditem
