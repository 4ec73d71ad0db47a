source: azertac
host: azertac.localhost
form: en
language: en
id: 4420480
slug: grain_terminal_on_the_caspian_receives_first_ship
channel: economy
section: Economy
title: Grain terminal on the Caspian receives first ship
lead: A new grain terminal near Baku has received its first ship.
published: 2026-10-30T18:10:00
tags: port, grain
place: AZ-BA

Baku, October 30, AZERTAC
A new grain terminal near Baku has received its first ship, which brought 5,200 tons of barley across the Caspian Sea.
The terminal takes up to 1,000 tons an hour and keeps the dust inside, said port manager Kamran Salehli.
[figure] The first ship at the terminal
From here the grain goes west by rail; a train of 50 cars leaves each second day.
The second berth is to be ready in the autumn of 2027.
