
BscoresJ(UX,¡Â!¡:9w<{'Ü¿q"Ã¿÷hg¡·í“¡¸’`Ao¿∫p5¿