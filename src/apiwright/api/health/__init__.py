"""HTTP: health."""
