
BscoresJ(mMAd╓≥©█╙аaц!ацA4а-R©╟╙юGРа╠I(а²█Хю