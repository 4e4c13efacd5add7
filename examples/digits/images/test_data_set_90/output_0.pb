
BscoresJ(–UÑÀùUqA¿÷Áçú?ØW>``îÀr®iÁjÏÀ^=?ÏvŠ½