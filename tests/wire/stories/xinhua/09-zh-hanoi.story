source: xinhua
host: zh.xinhua.localhost
id: 29a6f831130fc9c709c261f195fcec54
slug: zh-hanoi-book
channel: world/
section: 国际
title: 中越儿童画展在河内开幕
lead: 一百二十幅中越儿童绘画作品8日起在河内展出。
published: 2026-10-08T16:20:11
tags: 画展, 河内
place: VN-HN

新华社河内10月8日电（记者林知远）一百二十幅中越儿童绘画作品8日起在河内展出，展览以“我家门前的河”为主题。
[figure] 10月8日，观众在河内参观儿童画展。新华社记者 林知远 摄
策展人阮氏秋说，孩子们画的河有蓝有绿，也有人画成了金色，因为那是收稻子的时候。
展览将持续到10月25日，随后移至昆明。
主办方还邀请两国小画家互寄明信片，目前已经寄出三百多张。
