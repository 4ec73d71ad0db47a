source: azertac
host: azertac.localhost
form: en
language: en
id: 4418064
slug: baku_to_get_tram_line_along_the_sea
channel: society
section: Society
title: Baku to get tram line along the sea
lead: A tram line of 9 kilometers will run along the seafront of Baku from 2028.
published: 2026-10-08T17:40:00
tags: Baku, tram
place: AZ-BA

Baku, October 8, AZERTAC
A tram line of 9 kilometers with 16 stops will run along the seafront of Baku from 2028, the city's transport agency said.
[figure] A drawing of the future tram
Work begins in March with the planting of 700 olive trees, so that there is shade when the first tram comes.
Engineer Rashad Aliyarov said that the rails are laid on rubber and that people will hear the bell rather than the wheels.
A ride will cost as much as one by bus.
