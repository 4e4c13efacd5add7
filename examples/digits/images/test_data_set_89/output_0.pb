
BscoresJ(9ÿM¿Ù­DAŠ¡UÁQÀ½À·VÊÀhQÁ)š†Á#ÏeÀ•’—ÀüÀ