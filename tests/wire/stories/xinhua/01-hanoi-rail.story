source: xinhua
host: xinhua.localhost
id: 2195fdb9b6c5213ca27f3c1ee0c18395
slug: china-vietnam-freight-train
channel: asiapacific/
section: Asia & Pacific
title: New freight train links Nanning with Hanoi twice a week
lead: A new freight train that links Nanning in south China with Hanoi made its first journey on Monday.
published: 2026-10-12T18:38:15
tags: China, Vietnam, train
place: VN-HN

[figure] A freight train arrives at a station in Hanoi, Vietnam, Oct. 12, 2026. (Xinhua/Chen Wei)
HANOI, Oct. 12 (Xinhua) -- A new freight train that links Nanning, capital of south China's Guangxi Zhuang Autonomous Region, with Hanoi made its first journey on Monday.
The train of 30 cars carried machine parts southward and will go back with dragon fruit and timber.
The ride takes 14 hours, which is five hours less than by road, said Wei Guilin, an official of the railway.
It will run every Monday and Thursday.
A third train a week is planned before the Spring Festival, Wei added.
Enditem
