source: azertac
host: azertac.localhost
language: az
id: 4418010
slug: sekide_qedim_karvansarada_kitab_yarmarkasi_achilib
channel: medeniyyet
section: Mədəniyyət
title: Şəkidə qədim karvansarada kitab yarmarkası açılıb
lead: Yarmarkada 60 nəşriyyatın 4 min kitabı təqdim olunur.
published: 2026-10-06T12:15:00
tags: Şəki, kitab
place: AZ-SA

Şəki, 6 oktyabr, AZƏRTAC
Şəkidə XVIII əsrə aid karvansaranın həyətində kitab yarmarkası açılıb. Yarmarkada 60 nəşriyyatın 4 min kitabı təqdim olunur.
[figure] Yarmarkanın ilk günü
Tədbirin təşkilatçısı Ülviyyə Həsənzadə bildirib ki, hər axşam çıraq işığında nağıllar oxunacaq.
Uşaqlar üçün ayrıca guşədə köhnə kitabları cildləmək öyrədilir.
Yarmarka oktyabrın 12-dək davam edəcək.
