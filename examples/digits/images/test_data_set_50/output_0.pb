
BscoresJ(∫JDA»·S¿)v(¡`‹Ö¡pP_¿7Un¿8H°?ÄπÓ¿Ã®π¿
áÜ¡