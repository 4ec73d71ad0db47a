source: vns
host: vns.localhost
id: 1761844
slug: viet-nam-nepal-to-share-know-how-on-mountain-roads
channel: politics-laws
section: Politics & Laws
title: Việt Nam, Nepal to share know-how on mountain roads
lead: Việt Nam and Nepal will exchange engineers who know how to keep mountain roads open in the rain.
published: 2026-10-21T17:30:00
tags: Nepal, roads
place: VN-HN

HÀ NỘI — Việt Nam and Nepal will exchange engineers who know how to keep mountain roads open in the rain, Deputy Minister Đinh Công Tráng and his guest, Bishnu Gurung, agreed in Hà Nội on Wednesday.
Ten engineers from either side will spend three months with their hosts each year, starting next March.
Tráng said Việt Nam could learn how Nepal binds slopes with willow, and had in turn built drains that clear themselves.
[figure] Deputy Minister Đinh Công Tráng (right) and Bishnu Gurung in Hà Nội. — VNA/VNS Photo Lâm Khánh
Gurung invited his host to walk one of those slopes with him “in good shoes”.
The two sides also agreed to put what they learn into a handbook in both languages. — VNA/VNS
