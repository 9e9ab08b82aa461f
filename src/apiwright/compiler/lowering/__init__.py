"""Blueprint -> ProjectModel. Every decision about names, types, rules and access is made here."""

from apiwright.compiler.lowering.project import lower

__all__ = ["lower"]
