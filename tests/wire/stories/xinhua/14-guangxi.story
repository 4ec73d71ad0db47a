source: xinhua
host: xinhua.localhost
id: fcb7b04f1d0dfaa5ef73055e6fa1e521
slug: guangxi-fair
channel:
section: China
title: Sugar cane cutters show off in south China
lead: Makers of small sugar cane cutters from five countries showed their machines in Nanning.
published: 2026-11-18T17:12:20
tags: Guangxi, sugar

NANNING, Nov. 18 (Xinhua) -- Makers of small sugar cane cutters from five countries showed their machines on steep fields near Nanning, capital of south China's Guangxi Zhuang Autonomous Region, on Wednesday.
A Vietnamese machine that fits on a motorbike drew the longest queue.
Farmers voted with stalks of cane, which were weighed in the evening.
The winner, a cutter from Liuzhou, clears a hectare in nine hours.
Enditem
