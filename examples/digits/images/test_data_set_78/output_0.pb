
BscoresJ(?WÁW¡wÁÁÏÀŒ€AhQŒÁ%mŒÀÜ‚Á–5ÁéHM>²t?