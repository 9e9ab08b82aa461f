"""From words to a Blueprint."""

from apiwright.planner.protocol import Planner

__all__ = ["Planner"]
