"""Rest Api."""
