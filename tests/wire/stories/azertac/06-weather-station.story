source: azertac
host: azertac.localhost
form: en
language: en
id: 4419410
slug: mountain_weather_station_marks_hundred_years_of_notes
channel: science
section: Science and education
title: Mountain weather station marks hundred years of notes
lead: A weather station in the mountains of Shaki has noted the sky three times a day for a hundred years.
published: 2026-10-19T15:55:00
tags: weather, Shaki
place: AZ-SA

Shaki, October 19, AZERTAC
A weather station in the mountains of Shaki has noted the sky three times a day for a hundred years, without missing more than eleven days.
Observer Vagif Mammadli, whose grandfather wrote the first line, says that the notebooks fill a shelf of seven meters.
“I write what I see, and then what the instruments say,” he said.
Students of Baku will copy the notebooks by hand and by camera until next summer.
