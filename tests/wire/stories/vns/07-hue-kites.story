source: vns
host: vns.localhost
form: div
id: 1762359
slug: kites-of-hue-get-a-house-of-their-own
channel: society
section: Society
title: Kites of Huế get a house of their own
lead: A garden house in Huế has become a museum of 210 kites.
published: 2026-11-02T08:50:00
tags: Huế, kites
place: VN-26

HUẾ — A garden house from 1921 in the former capital of Huế has become a museum of 210 kites, among them a phoenix with a wingspan of seven metres.
[photo] A swallow kite before it goes up. — VNA/VNS Photo Mai Trang
The collection was begun by Nguyễn Đăng Hoàng, a clockmaker, who gave every child that broke a window a kite in exchange for a promise.
On windless days visitors see films; on the others they are sent out to the river bank with a kite on loan.
Tickets cost VNĐ30,000. — VNS
