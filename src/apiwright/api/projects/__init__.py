"""HTTP: projects."""
