source: azertac
host: azertac.localhost
form: en
language: en
id: 4421307
slug: azerbaijani_carpets_shown_in_hanoi
channel: culture
section: Culture
title: Azerbaijani carpets shown in Hanoi
lead: Thirty-two carpets from Azerbaijan are on show at the Museum of Weaving in Hanoi.
published: 2026-11-04T14:30:00
tags: carpets, Hanoi
place: AZ-BA

Baku, November 4, AZERTAC
Thirty-two carpets from Azerbaijan, the oldest of them woven in 1870, are on show at the Museum of Weaving in Hanoi from November 4 to 30, according to VNA.
At the opening ceremony, museum director Ta Thi Hoai said that weavers of both countries tie their knots in the same way, though they live seven thousand kilometers apart.
Curator Aysel Rahimova of Baku will give a lesson for beginners each Saturday, with looms brought from home.
In return, a collection of brocade from the northwestern highlands will travel to Baku next spring.
