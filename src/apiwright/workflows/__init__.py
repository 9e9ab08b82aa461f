"""Generations as durable workflows: the pipeline's stages as steps that survive crashes, a queue, and who takes over from whom."""

from apiwright.workflows.ports import Engine, Job, JobState, Queue

__all__ = ["Engine", "Job", "JobState", "Queue"]
