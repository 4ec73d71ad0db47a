source: vna
host: en.vna.localhost
id: 341012
slug: old-tram-turns-into-library-in-hanoi
channel: culture-sports
section: Culture - Sports
title: Old tram turns into library in Hanoi
lead: A tram carriage that last ran in 1989 has come back to the streets of Hanoi as a library of 2,000 books.
published: 2026-10-05T15:20:00
author: Nguyễn Thu Trang
tags: Hanoi, library, tram
place: VN-HN

Hanoi (VNA) – A tram carriage that last ran in 1989 has come back to the streets of Hanoi as a library of 2,000 books, open every day until nine in the evening.
[figure] Readers in the tram library on the day of its opening. (Photo: VNA)
The carriage was found in a depot and restored by students of a vocational college, who kept the wooden seats and the brass bell.
Librarian Nguyễn Hải Yến said that the bell is rung once at the closing hour, and that children come early to be the ones who ring it.
[related] pavement-chess-club-turns-thirty | Pavement chess club turns thirty
Two more carriages are waiting for their turn at the depot.
VNA
