
BscoresJ(»iÐÀÅZkÀl eÁD+µ?ÛhMÁ/C6Àîë­ÁÓ
¾ÀnÄ¿AA