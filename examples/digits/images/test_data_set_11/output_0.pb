
BscoresJ(]LAас╝а на│Е@IюZа╨MA+▌?©zВ⌡а`p┴ю└W╦ю