"""HTTP: generations."""
