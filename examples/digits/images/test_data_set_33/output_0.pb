
BscoresJ(8Ý–@¼zÁ0¤ÁmMšÁ"à{A<z»À!_µ>h	¿OÜ„ÀE²EÁ