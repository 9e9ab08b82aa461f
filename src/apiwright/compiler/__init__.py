"""Blueprint -> ProjectModel -> FileTree: pure, and the same bytes every time."""
