source: azertac
host: azertac.localhost
language: az
id: 4420115
slug: baki_metrosunda_yeni_stansiyanin_tikintisi_basa_chatir
channel: cemiyyet
section: Cəmiyyət
title: Bakı metrosunda yeni stansiyanın tikintisi başa çatır
lead: Stansiya dekabrda sərnişinlərin istifadəsinə veriləcək.
published: 2026-10-26T11:45:00
mark: VİDEO
tags: metro, Bakı
place: AZ-BA

Bakı, 26 oktyabr, AZƏRTAC
Bakı metrosunda yeni stansiyanın tikintisi başa çatır. Stansiya dekabrda sərnişinlərin istifadəsinə veriləcək.
Memar İbrahim Şıxəliyev bildirib ki, divarlar “İpək yolu” mövzusunda mozaika ilə bəzədilib.
[figure] Stansiyanın mozaika divarı
Platformaya altı lift və on eskalator quraşdırılıb.
Stansiya gündə 30 min sərnişinə xidmət göstərəcək.
