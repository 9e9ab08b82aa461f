"""Routes of note likes."""

from fastapi import APIRouter

router = APIRouter(prefix="/note-likes", tags=["note likes"])
