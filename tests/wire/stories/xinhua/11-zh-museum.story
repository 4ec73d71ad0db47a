source: xinhua
host: zh.xinhua.localhost
id: 93917035f85e4b2117e7319e10d1e4a9
slug: zh-museum
channel: world/
section: 国际
title: 胡志明市新添一座茶叶博物馆
lead: 胡志明市茶叶博物馆11月1日开馆，馆内陈列茶具八百余件。
published: 2026-11-01T12:05:33
tags: 博物馆, 茶
place: VN-SG

新华社胡志明市11月1日电（记者陈一鸣）胡志明市茶叶博物馆1日开馆，馆内陈列茶具八百余件，最早的一件是十五世纪的青花茶壶。
馆长黄氏金莲介绍，博物馆由一座旧茶仓改建，木梁和货梯都保留了下来。
参观者可以在二楼品尝十二种茶，其中三种来自中国福建。
开馆首周，学生凭证免费参观。
