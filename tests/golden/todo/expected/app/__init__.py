"""Todo List."""
