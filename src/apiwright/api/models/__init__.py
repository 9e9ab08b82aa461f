"""HTTP: language models, and users' own keys for them."""
