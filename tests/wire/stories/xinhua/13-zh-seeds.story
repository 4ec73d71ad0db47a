source: xinhua
host: zh.xinhua.localhost
id: f3405fe3717dfb6ab0cd7cd49ce180d3
slug: zh-seeds
channel: politics/
section: 时政
title: 北京一小学办起“种子银行”
lead: 北京一所小学的学生办起种子银行，收存种子二百六十种。
published: 2026-11-17T15:30:06
tags: 种子, 小学
place: CN-BJ

新华社北京11月17日电（记者宋佳）北京一所小学的学生17日办起“种子银行”，首批收存蔬菜和花卉种子二百六十种。
“储户”存入一包种子，来年可以取走另一包，但要写一篇种植日记。
自然课教师韩雪梅说，最受欢迎的是一种紫色的豆角，是学生从外婆家带来的。
学校还计划在屋顶开辟一块试验田。
