source: xinhua
host: xinhua.localhost
form: xlcontent
id: 3897db75cabdf6873f9b926a31600d1f
slug: salt-tolerant-rice
channel:
section: Sci & Tech
title: Xinhua Headlines: Farmers bring in salt-tolerant rice on China's coast
lead: Farmers in east China have brought in rice from fields that were salt flats four years ago.
published: 2026-10-20T11:22:03
tags: rice, Jiangsu

[figure] A farmer harvests salt-tolerant rice in Yancheng, east China's Jiangsu Province, Oct. 18, 2026. (Photo by Sun Lei/Xinhua)
NANJING, Oct. 20 (Xinhua) -- Farmers in east China's Jiangsu Province have brought in rice from fields that were salt flats four years ago, with a yield of 7.1 tonnes per hectare.
The fields are flooded with rain water in spring, and the salt goes out with it through pipes laid at a depth of 90 centimeters.
"My father said that nothing but reeds would ever grow here," said Gu Haiyan, who farms 16 hectares with her brother.
Researchers of the provincial academy tested 230 varieties, of which four are left.
Next year, the area is to grow from 600 to 2,000 hectares.
Enditem
