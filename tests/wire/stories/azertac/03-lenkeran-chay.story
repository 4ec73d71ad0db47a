source: azertac
host: azertac.localhost
language: az
id: 4418991
slug: lenkeranda_chay_yiginina_yekun_vurulub
channel: iqtisadiyyat
section: İqtisadiyyat
title: Lənkəranda çay yığımına yekun vurulub
lead: Bu mövsüm 1200 ton yaşıl çay yarpağı yığılıb.
published: 2026-10-14T10:05:00
mark: FOTO
tags: çay, Lənkəran
place: AZ-LA

Lənkəran, 14 oktyabr, AZƏRTAC
Lənkəranda çay yığımına yekun vurulub. Bu mövsüm 1200 ton yaşıl çay yarpağı yığılıb ki, bu da ötən ildəkindən 150 ton çoxdur.
Çay ustası İlqar Şirinov deyib ki, yağış vaxtında yağdığına görə yarpaqların ətri güclü olub.
[figure] Çay plantasiyasında səhər
Gələn il 40 hektarda yeni kollar əkiləcək.
[empty]
