
BscoresJ(FÊ
ÀiÊ¿a«‘A}²ý?pÁw_qÁ{DwÁPÃ—>‹ik¿+ìÁ