"""What is kept: accounts, projects, generations with their events and versions, and the files themselves."""

from apiwright.store.accounts import Accounts
from apiwright.store.artifacts import Artifacts
from apiwright.store.changes import Changes, changes_of
from apiwright.store.counters import CounterStorage
from apiwright.store.database import Database, is_transient, persevere
from apiwright.store.errors import DatabaseStateError, StorageError, SupersededError
from apiwright.store.generations import TERMINAL, Fence, Generations, Move
from apiwright.store.models import ApiKey, EventRow, Generation, Project, Upload, User, Version
from apiwright.store.projects import Projects
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
    "Move",
    "Project",
    "Projects",
    "StorageError",
    "SupersededError",
    "Upkeep",
    "Upload",
    "User",
    "Version",
    "changes_of",
    "is_transient",
    "persevere",
]
