source: xinhua
host: zh.xinhua.localhost
id: def5a511b43fe0d6b836ccbb0fb5e76c
slug: zh-train
channel: world/
section: 国际
title: 老街至河内夜班列车换上新车厢
lead: 老街至河内的夜班列车12日起换上新车厢。
published: 2026-11-12T09:46:58
tags: 铁路, 越南
place: VN-HN

新华社河内11月12日电（记者林知远）越南铁路部门12日说，老街至河内的夜班列车当天起换上新车厢，全程运行时间缩短四十分钟。
[figure] 11月12日，旅客在河内站登上新车厢。新华社记者 林知远 摄
新车厢共十四节，设有家庭包间和自行车存放处。
列车长范文俊说，车上的热水全天供应，“方便面的香味大家都熟悉”。
据介绍，这趟列车每晚二十一时三十分从老街发车。
