source: azertac
host: azertac.localhost
language: az
id: 4421650
slug: xezerde_yelkenli_qayiqlarin_payiz_reqatasi_basa_chatib
channel: idman
section: İdman
title: Xəzərdə yelkənli qayıqların payız reqatası başa çatıb
lead: Reqatada 34 qayıq iştirak edib.
published: 2026-11-08T19:30:00
tags: reqata, Xəzər
place: AZ-BA

Bakı, 8 noyabr, AZƏRTAC
Xəzərdə yelkənli qayıqların payız reqatası başa çatıb. Üç gün davam edən yarışda 34 qayıq iştirak edib.
Xəzri küləyi birinci gün saniyədə 17 metrə çatdığı üçün start iki saat gecikdirilib.
Qaliblərə dulusçu Səbinə İsgəndərlinin hazırladığı gil kuboklar təqdim olunub.
Növbəti reqata yazda keçiriləcək.
