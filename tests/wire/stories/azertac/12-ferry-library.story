source: azertac
host: azertac.localhost
form: en
language: en
id: 4422450
slug: ferry_across_the_caspian_gets_a_library
channel: society
section: Society
title: Ferry across the Caspian gets a library
lead: Passengers on the ferry across the Caspian Sea can now borrow books in five languages.
published: 2026-11-12T20:45:00
tags: ferry, library
place: AZ-BA

Baku, November 12, AZERTAC
Passengers on the ferry across the Caspian Sea can now borrow books in five languages and leave them on the other shore.
Captain Elchin Nasirov gave the first hundred books from his own cabin.
[figure] The library on the upper deck
A crossing takes about 17 hours, and in bad weather, he said, “a good deal of poetry”.
Readers may write a line into each book; most write about the weather.
