"""From the project model to what its tests print."""

from apiwright.compiler.lower_tests.project import lower_tests

__all__ = ["lower_tests"]
