source: azertac
host: azertac.localhost
language: az
id: 4423007
slug: abseronda_zeytun_bayrami_kechirilib
channel: cemiyyet
section: Cəmiyyət
title: Abşeronda zeytun bayramı keçirilib
lead: Bayramda 25 kəndin məhsulu təqdim olunub.
published: 2026-11-15T15:10:00
tags: zeytun, Abşeron
place: AZ-BA

Bakı, 15 noyabr, AZƏRTAC
Abşeronda zeytun bayramı keçirilib. Bayramda 25 kəndin zeytunu, yağı və sabunu təqdim olunub.
Ən yaşlı ağac 230 ildir ki, bar verir; onun altında musiqiçilər çıxış ediblər.
Fermer Çiçək Əhmədova deyib ki, bu il məhsul bol, dənələr isə xırda, lakin yağlıdır.
Ziyarətçilər 3 ton zeytun alıblar.
