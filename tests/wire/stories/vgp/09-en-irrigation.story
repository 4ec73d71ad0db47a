source: vgp
host: en.vgp.localhost
id: 111261007100512430
slug: canal-of-45-km-brings-water-back-to-dry-hamlets
channel: economy
section: Economy
title: Canal of 45 km brings water back to dry hamlets
lead: A canal of 45 km was opened on Wednesday in the south central uplands, bringing water back to 28 hamlets that had lived on tank trucks each dry season.
published: 2026-10-07T10:40:00
tags: irrigation, agriculture

[figure] The canal on the day of its opening, October 7, 2026 - Photo: VGP
Deputy Minister Tran Quang Hieu said that the canal would water 6,300 ha of maize, grapes and dragon fruit, and that not one household had to move for it.
Engineers lined only the steepest third with concrete and left earth banks elsewhere, so that frogs and fish can cross.
Farmer Cham Thi Lien said that her family used to pay VND 90,000 for each cubic meter from the truck.
The second phase, of 17 km, is to be finished by June 2027./.
