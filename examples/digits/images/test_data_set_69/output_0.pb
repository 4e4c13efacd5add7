
BscoresJ(ófÃÀN--ÁÊ“»Áh´?ÁOy{@ŽÁq>°XˆA:’ÁxÊ®?ôÐ«Á