"""The planner that needs nothing but the prompt."""

from apiwright.planner.embedded.planner import EmbeddedPlanner

__all__ = ["EmbeddedPlanner"]
