"""The stages in order, as plain functions that emit events. Written once; the command line and the service both run it."""

from apiwright.pipeline.events import Emit, Event, Stage, Status

__all__ = ["Emit", "Event", "Stage", "Status"]
