"""A prompt, and what a good model makes of it: scripts for the local vendors."""

from typing import Any

from tests.fakes.vendors.script import Answer, Call, Reply

PROMPT = "A library: members borrow books, each book has a shelf mark, and librarians may change books. Loans belong to members."
OUTLINE: dict[str, Any] = {
    "name": "town-library",
    "title": "Town library",
    "description": "Books and who has them.",
    "auth": {"entity": "Member", "login": "email", "registration": True},
    "roles": [{"name": "librarian", "description": "Looks after the books."}],
    "assumptions": ["A loan ends when the book is brought back."],
    "entities": [{"name": name, "purpose": f"What is kept of a {name.lower()}.", "ready": False} for name in ("Member", "Book", "Loan")],
}
_LIBRARIANS = {
    "create": ["role:librarian"],
    "read": ["authenticated"],
    "list": ["authenticated"],
    "update": ["role:librarian"],
    "delete": ["role:librarian"],
}
_OWN = {operation: ["owner", "role:librarian"] for operation in ("read", "list", "update", "delete")} | {"create": ["authenticated"]}
ENTITIES: dict[str, dict[str, Any]] = {
    "Member": {
        "name": "Member",
        "fields": [
            {"name": "email", "type": "email", "required": True, "unique": True},
            {"name": "full_name", "type": "string", "required": True, "max_length": 120, "default": None},
        ],
        "access": {"create": ["public"], **{name: ["owner", "role:librarian"] for name in ("read", "list", "update", "delete")}},
    },
    "Book": {
        "name": "Book",
        "fields": [
            {"name": "title", "type": "string", "required": True, "max_length": 200},
            {"name": "shelf_mark", "type": "string", "required": True, "unique": True, "max_length": 40},
        ],
        "access": _LIBRARIANS,
        "counts": [{"name": "loan_count", "source": "Loan", "via": "book"}],
    },
    "Loan": {
        "name": "Loan",
        "fields": [
            {"name": "due_on", "type": "date", "required": True},
            {"name": "state", "type": "enum", "values": ["out", "returned"], "default": "out", "required": True},
        ],
        "relations": [
            {"name": "member", "target": "Member", "required": True, "on_delete": "cascade"},
            {"name": "book", "target": "Book", "required": True, "inverse": "loans"},
        ],
        "owned_via": "member",
        "access": _OWN,
        "transitions": [
            {"name": "bring_back", "field": "state", "sources": ["out"], "target": "returned", "access": ["owner", "role:librarian"]}
        ],
    },
}


def librarian(call: Call) -> Reply:
    """Answers every unit rightly."""
    return Answer(document=OUTLINE if call.unit == "outline" else ENTITIES[call.unit])
