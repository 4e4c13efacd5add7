
BscoresJ(у‘$БШ!OБWxБ!окА0Mйї)К}АfAs+БАS$@eVБ