source: vgp
host: en.vgp.localhost
id: 111261118084500377
slug: national-seed-bank-opens-its-cold-room
channel: economy
section: Economy
title: National seed bank opens its cold room
lead: The national seed bank on Wednesday opened a cold room for 60,000 samples of rice, beans and vegetables, kept at minus 18 degrees Celsius.
published: 2026-11-18T09:30:00
tags: seeds, agriculture

The oldest sample is a red rice from Ha Giang collected in 1961, said curator Do Thi Hanh.
[figure] Curator Do Thi Hanh in the cold room - Photo: VGP
Any farmer may ask for ten grams of a variety and is asked to send back a hundred grams after the harvest.
Power comes from two separate lines and a generator that is tested every Monday./.
