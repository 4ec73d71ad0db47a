source: vna
host: en.vna.localhost
id: 341480
slug: hanoi-hosts-talks-on-cleaner-rivers
channel: politics
section: Politics
title: Hanoi hosts talks on cleaner rivers
lead: Officials of six countries met in Hanoi to compare how they keep their rivers clean.
published: 2026-10-30T18:30:00
tags: Hanoi, rivers, cooperation
place: VN-HN

Hanoi (VNA) - Officials of six countries met in Hanoi on October 30 to compare how they keep their rivers clean, and agreed to count plastic in the same way.
Deputy Minister Hoàng Minh Tuệ, who chaired the meeting, said that until now one country counted bottles and another one kilogrammes, so that nobody could tell who did better.
[figure] Delegates at the meeting on cleaner rivers in Hanoi. (Photo: VNA)
From next year, each country will weigh what is caught at ten places on the first Saturday of each month and publish the figures within a week.
Delegates also took a boat trip to see a boom made of bamboo that holds back water hyacinth.
The next meeting will take place in Vientiane in October 2027./.
VNA
