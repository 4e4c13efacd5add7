
BscoresJ(&¡0ÁÏOˆÁebÁ¥ŽmAbÑˆÁ ÌÌ¿jç/Áî#Áæa@m„@