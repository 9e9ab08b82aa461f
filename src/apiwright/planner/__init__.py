"""From words to a Blueprint."""

from apiwright.planner.protocol import Planner, Progress, Tell, unheard

__all__ = ["Planner", "Progress", "Tell", "unheard"]
