source: azertac
host: azertac.localhost
form: en
language: en
id: 4422998
slug: chess_tables_put_up_in_tea_houses
channel: society
section: Society
title: Chess tables put up in tea houses of Ganja
lead: Forty tea houses in Ganja have put up chess tables made by pupils.
published: 2026-11-18T12:30:00
tags: Ganja, chess
place: AZ-GA

Ganja, November 18, AZERTAC
Forty tea houses in Ganja have put up chess tables made by pupils of the town's vocational school.
Whoever loses pays for the tea, and whoever wins tells how.
[figure] A game on one of the new tables
Teacher Matanat Huseynli said that the pupils used walnut for the dark squares and plane tree for the light ones.
A tournament of all forty houses is planned for Novruz.
