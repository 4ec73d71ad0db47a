source: xinhua
host: xinhua.localhost
id: 74d5590fe3c3cd5517f3e17c7a7e48b8
slug: hanoi-forum
channel: asiapacific/
section: Asia & Pacific
title: Forum in Hanoi discusses floating farms
lead: Scientists of nine countries on Thursday discussed in Hanoi how farms can float.
published: 2026-11-12T19:33:52
tags: Vietnam, agriculture
place: VN-HN

HANOI, Nov. 12 (Xinhua) -- Scientists of nine countries on Thursday discussed in Hanoi how farms can float when rivers rise, and watched one do so on a lake.
The farm rests on bundles of bamboo and carries beds of spinach, a hen house and the farmer's chair.
Each raft bears 12 tonnes and costs about 3,000 U.S. dollars, said Mekong researcher Ngo Thanh Long.
Chinese experts presented rafts of rice straw that last for two seasons and are then plowed in.
The forum closes on Friday with a visit to the Red River.
Enditem
