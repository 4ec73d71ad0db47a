source: vns
host: vns.localhost
id: 1762688
slug: assembly-of-da-nang-names-forty-streets
channel: politics-laws
section: Politics & Laws
title: Assembly of Đà Nẵng names forty streets after fish and trees
lead: Forty new streets in Đà Nẵng will bear the names of fish, trees and winds.
published: 2026-11-10T16:20:00
tags: Đà Nẵng, streets
place: VN-DN

ĐÀ NẴNG – Forty new streets in the central city of Đà Nẵng will bear the names of fish, trees and winds, the city's people's council decided on Tuesday.
Chairwoman Lương Thị Minh Châu said that the list was drawn up by fishermen, gardeners and a class of ten-year-olds.
[figure] A new street sign in Đà Nẵng. — VNS Photo Trần Lê
Nobody has to change papers, since no one lives in those streets yet.
The first signs go up on December 1. — VNS
