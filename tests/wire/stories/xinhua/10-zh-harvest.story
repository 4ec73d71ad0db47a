source: xinhua
host: zh.xinhua.localhost
id: a926c7ce9be8fefb6ee5b6bf42669f55
slug: zh-orchard
channel: politics/
section: 时政
title: 山村果园里的“新农具”
lead: 会爬坡的运果车让山村果农省下一半力气。
published: 2026-10-18T07:57:40
tags: 果园, 农机
origin: 半月谈

[figure] 果农驾驶运果车下山。（资料照片）
新华社昆明10月18日电（记者杨牧）天刚亮，果农岩温就把第一车柑橘送下了山。过去靠肩挑背扛的坡路，如今一辆会爬坡的运果车十分钟就能走完。
这种小车由县里的农机合作社研制，重不到两百公斤，充一次电能跑六十公里。
合作社负责人周立春说，全县已有四百多辆运果车，农忙时按小时租用，每小时十二元。
“省下的力气，用来多种两亩地。”岩温说。
