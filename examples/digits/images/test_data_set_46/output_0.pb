
BscoresJ(ø9‘Àƒ*ÁlK“Á3LÁ!Ý¤@LR?M“fAW•YÁdœ¿ÖÐ§Á