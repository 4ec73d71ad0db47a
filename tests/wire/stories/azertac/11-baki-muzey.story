source: azertac
host: azertac.localhost
language: az
id: 4422103
slug: bakida_saat_muzeyi_achilir
channel: medeniyyet
section: Mədəniyyət
title: Bakıda “Saat muzeyi” açılır
lead: Muzeydə 350 saat nümayiş olunacaq.
published: 2026-11-12T09:20:00
tags: muzey, Bakı
place: AZ-BA

Bakı, 12 noyabr, AZƏRTAC
Bakıda “Saat muzeyi” açılır. Muzeydə 350 saat nümayiş olunacaq, onların ən qədimi 1743-cü ildə düzəldilib.
Kolleksiyanı saatsaz Əlövsət Zülfüqarov əlli il ərzində toplayıb.
[figure] Divar saatları zalı
Hər gün günorta bütün saatlar eyni vaxtda çalacaq.
Giriş noyabrın sonunadək pulsuzdur.
