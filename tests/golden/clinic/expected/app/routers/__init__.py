"""Routes, one module for each entity."""
