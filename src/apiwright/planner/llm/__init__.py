"""Planning with a language model. Importing this takes a second or more: only what uses a model imports it."""

from apiwright.planner.llm.budget import Budget
from apiwright.planner.llm.extending import ExtensionWriter
from apiwright.planner.llm.planner import EnhancedPlanner

__all__ = ["Budget", "EnhancedPlanner", "ExtensionWriter"]
