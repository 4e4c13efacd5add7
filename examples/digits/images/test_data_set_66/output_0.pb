
BscoresJ(kà=ÁdÁ“ÁS{†ÁµýkAý]Áš->L„MÁ]ZÁ×d@¢Î?