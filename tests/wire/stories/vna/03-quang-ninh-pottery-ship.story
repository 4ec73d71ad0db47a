source: vna
host: en.vna.localhost
form: justify
id: 341205
slug: divers-raise-ceramics-from-wreck-off-quang-ninh
channel: culture-sports
section: Culture - Sports
title: Divers raise ceramics from wreck off Quang Ninh
lead: Divers have raised 640 bowls and jars from a wooden ship that sank off the coast of Quang Ninh some five centuries ago.
published: 2026-10-15T09:45:00
tags: Quang Ninh, archaeology
place: VN-13

Quang Ninh (VNA) – Divers have raised 640 bowls and jars from a wooden ship that sank off the northern coast some five centuries ago, the provincial museum said on October 15.
Most pieces are blue and white, and a few still hold grains of pepper, according to archaeologist Phạm Đức Thắng, who leads the team of nine.
The wreck lies at a depth of 31 metres and was found by a fisherman whose net came up with a jar in it.
The finds will be washed in fresh water for six months before they are shown to the public.
VNA
