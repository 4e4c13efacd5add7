
BscoresJ(๙^QมpเมKiิม่ฃ@xwมฅEAþ”พ๗ดกม+"ฃภFภ