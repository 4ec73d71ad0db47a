source: vns
host: vns.localhost
id: 1762003
slug: mangroves-come-back-to-abandoned-ponds
channel: environment
section: Environment
title: Mangroves come back to abandoned ponds
lead: Some 1,300 hectares of old shrimp ponds in Cà Mau are green again.
published: 2026-10-26T10:05:00
author: Nguyễn Hằng
tags: mangroves, Cà Mau
place: VN-59

CÀ MAU — Some 1,300 hectares of old shrimp ponds in the southernmost province of Cà Mau are green again, because people opened the dykes and let the tide do the planting.
[photo] Young mangroves in a former pond. — VNS Photo Nguyễn Hằng
Ecologist Phan Thị Diễm Thúy said seeds that arrive by themselves grow better than those set by hand, and cost nothing.
Crabs came back in the second year, and with them 60 families who had left to work in town.
Each family looks after 15 hectares and may catch crabs longer than a hand.
[empty]
The province will open the dykes of a further 800 hectares next year. — VNS
