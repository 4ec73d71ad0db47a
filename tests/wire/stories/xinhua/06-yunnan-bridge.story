source: xinhua
host: xinhua.localhost
id: ffc5c8e60033c5c874cd2f476d40c532
slug: yunnan-rope-bridge
channel:
section: China
title: Bridge replaces ropeway for village in southwest China
lead: A bridge of 190 meters has replaced the ropeway of a mountain village in Yunnan.
published: 2026-11-09T16:58:26
tags: Yunnan, bridge

[figure] Villagers cross the new bridge in southwest China's Yunnan Province, Nov. 9, 2026. (Xinhua/Hu Chao)
KUNMING, Nov. 9 (Xinhua) -- A bridge of 190 meters has replaced the ropeway by which the people of a mountain village in southwest China's Yunnan Province had crossed a gorge for three generations.
The crossing takes three minutes on foot instead of an hour in the queue, said village head He Qiaozhen.
Walnuts, the main crop, will for the first time go to market on the day they are picked.
[video] Video player
The old ropeway is kept for festivals.
Enditem
