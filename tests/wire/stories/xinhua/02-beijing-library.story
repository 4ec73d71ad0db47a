source: xinhua
host: xinhua.localhost
id: 267ec140409bf564b69c8d438f68cbc6
slug: beijing-subway-library
channel:
section: China
title: Beijing opens library inside subway station
lead: A library with 6,000 books opened inside a subway station in Beijing on Friday.
published: 2026-10-16T21:04:47
tags: Beijing, library
place: CN-BJ

BEIJING, Oct. 16 (Xinhua) -- A library with 6,000 books opened inside a subway station in Beijing on Friday, the first one in the city where a book borrowed at one stop may be returned at another.
Shelves stand behind glass along a corridor of 80 meters, and readers open them with their travel card.
Most borrowers took a novel in the morning and a cookbook in the evening, said librarian Zhou Minhua.
Eleven more stations will follow by next summer. ■
