"""What is kept: accounts, projects, generations with their events and versions, and the files themselves."""

from apiwright.store.accounts import Accounts
from apiwright.store.artifacts import Artifacts
from apiwright.store.changes import Changes, changes_of
from apiwright.store.counters import CounterStorage
from apiwright.store.database import Database, in_a_line, is_transient, persevere
from apiwright.store.errors import DatabaseStateError, StorageError, SupersededError
from apiwright.store.generations import TERMINAL, Fence, Generations, Move
from apiwright.store.model_keys import ModelKeys
from apiwright.store.models import ApiKey, EventRow, Generation, ModelKey, Project, Upload, User, Version
from apiwright.store.projects import Projects
from apiwright.store.sealing import Seals
from apiwright.store.upkeep import Upkeep

__all__ = [
    "TERMINAL",
    "Accounts",
    "ApiKey",
    "Artifacts",
    "Changes",
    "CounterStorage",
    "Database",
    "DatabaseStateError",
    "EventRow",
    "Fence",
    "Generation",
    "Generations",
    "ModelKey",
    "ModelKeys",
    "Move",
    "Project",
    "Projects",
    "Seals",
    "StorageError",
    "SupersededError",
    "Upkeep",
    "Upload",
    "User",
    "Version",
    "changes_of",
    "in_a_line",
    "is_transient",
    "persevere",
]
