"""From words to a Blueprint."""

from apiwright.planner.protocol import Planner, Progress, Reader, Tell, unheard

__all__ = ["Planner", "Progress", "Reader", "Tell", "unheard"]
