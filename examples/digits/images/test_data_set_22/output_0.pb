
BscoresJ(|ÄA*t	¿V2ê¡.∏Ö¡5¡°HAøyÖ¿Âd%¡ÖeN¡.j¡