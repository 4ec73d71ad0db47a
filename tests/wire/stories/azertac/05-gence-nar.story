source: azertac
host: azertac.localhost
language: az
id: 4419402
slug: gencede_nar_suyu_istehsal_eden_muessise_ise_dusub
channel: iqtisadiyyat
section: İqtisadiyyat
title: Gəncədə nar suyu istehsal edən müəssisə işə düşüb
lead: Müəssisə gündə 18 ton nar emal edir.
published: 2026-10-19T16:20:00
tags: Gəncə, nar
place: AZ-GA

Gəncə, 19 oktyabr, AZƏRTAC
Gəncədə nar suyu istehsal edən müəssisə işə düşüb. Müəssisə gündə 18 ton nar emal edir və 90 nəfəri işlə təmin edib.
Direktor Nərgiz Quliyeva bildirib ki, qabıqlardan boya, çəyirdəklərdən isə yağ alınır – heç nə atılmır.
[figure] Nar suyunun qablaşdırılması
Məhsulun üçdə biri ixrac olunacaq.
İlk partiya noyabrın əvvəlində yola salınacaq.
