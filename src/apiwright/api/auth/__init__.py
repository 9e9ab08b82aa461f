"""HTTP: auth."""
