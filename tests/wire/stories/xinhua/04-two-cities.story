source: xinhua
host: xinhua.localhost
id: c4692e4e1af1ea46e8c46bd5a32af1f2
slug: roundup-teachers
channel: asiapacific/
section: Asia & Pacific
title: Roundup: Teachers of China, Vietnam swap classrooms for a month
lead: Sixty teachers from China and Vietnam have swapped their classrooms for a month.
published: 2026-11-03T20:15:30
tags: China, Vietnam, teachers
place: CN-BJ

BEIJING/HANOI, Nov. 3 (Xinhua) -- Sixty teachers from China and Vietnam have swapped their classrooms for a month to see how the other side teaches music, sport and arithmetic.
In Hanoi, Liu Fang from Beijing found that her pupils sang before every lesson. "I shall take that home," she said.
In Beijing, Do Thi Mai from Hanoi was asked by a girl of eight why Vietnamese numbers count like Chinese ones.
The teachers will meet in Kunming on Nov. 28 and write down what they have learned.
The program was begun last year with ten teachers on each side.
Enditem
