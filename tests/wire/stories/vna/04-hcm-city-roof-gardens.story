source: vna
host: en.vna.localhost
id: 341333
slug: schools-in-ho-chi-minh-city-grow-lunch-on-their-roofs
channel: society
section: Society
title: Schools in Ho Chi Minh City grow lunch on their roofs
lead: Forty-six schools in Ho Chi Minh City now grow part of their lunch on the roof.
published: 2026-10-21T08:15:00
author: Trần Minh Khuê
tags: Ho Chi Minh City, schools
place: VN-SG

HCM City (VNA) – Forty-six schools in Ho Chi Minh City now grow part of their lunch on the roof, after a trial that began with three of them last year.
[caption] Pupils harvest water spinach on the roof of their school. (Photo: VNA)
Each garden has between 80 and 200 square metres of boxes, which pupils water in turn before the first lesson.
Headmistress Võ Thị Kim Ngân said that pupils who had never eaten bitter melon now ask for it, “since they know its mother”.
[ad]
The city's education department gives each school seeds, soil and a book in which the harvest is written down.
By the end of the school year the number is to reach one hundred.
[source] (TTXVN/Vietnam+)
