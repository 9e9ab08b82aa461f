"""Examples that the documentation shows."""

from typing import Any

GENERATION_ID = "0193f2b0-8a6e-7c44-9d6b-5f3a2c1e0d9f"
PROJECT_ID = "0193f2b0-7f11-7d0a-b1c2-0a9d8e7f6a5b"
PROJECT_BRIEF: dict[str, Any] = {"id": PROJECT_ID, "name": "Todo List", "auto_created": True}
MODEL: dict[str, Any] = {
    "name": "google:gemini-2.5-flash", "vendor": "google", "model": "gemini-2.5-flash", "key": "service", "usable": True, "reason": "",
}  # fmt: skip
CAPS: dict[str, Any] = {"requests": 60, "tokens": 400_000, "seconds": 300.0, "dollars": None}
GENERATION: dict[str, Any] = {
    "id": GENERATION_ID, "project_id": PROJECT_ID, "parent_generation_id": None, "kind": "new",
    "prompt": "Create a todo list CRUD backend with users and tags", "mode": "auto", "model": None, "database": None, "verify": "standard",
    "review": False, "status": "pending", "stage": "queued", "progress": 0.0, "message": "Accepted, waiting for a worker",
    "error": None, "usage": None, "version": None, "created_at": "2026-03-01T12:00:00Z", "started_at": None, "finished_at": None,
}  # fmt: skip
EVENT: dict[str, Any] = {
    "seq": 7, "generation_id": GENERATION_ID, "status": "processing", "stage": "code", "phase": "entity:Todo", "message": "5 files",
    "progress": 0.42, "files": ["app/models/todo.py", "app/routers/todos.py"], "data": {}, "timestamp": "2026-03-01T12:00:01.250000+00:00",
}  # fmt: skip
PROJECT: dict[str, Any] = {
    "id": PROJECT_ID, "name": "Todo List", "description": "", "auto_created": True, "active_generation_id": GENERATION_ID,
    "created_at": "2026-03-01T12:00:00Z", "updated_at": "2026-03-01T12:00:03Z",
}  # fmt: skip
VERSION_FILE: dict[str, Any] = {
    "path": "app/models/todo.py", "size": 412, "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
}  # fmt: skip
