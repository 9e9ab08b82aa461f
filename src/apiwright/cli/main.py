"""The `apiwright` command."""


def main() -> None:
    """Entry point."""
