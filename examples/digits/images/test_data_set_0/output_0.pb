
BscoresJ(ÿÎHÁ³¯LÁñ‹Áóy“À[’ÁxšOA=ÒßÀÈÆFÁJŸÀI¿;À