"""The stages in order, as plain functions that emit events. Written once; the command line and the service both run them."""

from apiwright.pipeline.events import Emit, Event, Stage, Status
from apiwright.pipeline.stages import Generated, code, completed, failed, plan, review

__all__ = ["Emit", "Event", "Generated", "Stage", "Status", "code", "completed", "failed", "plan", "review"]
