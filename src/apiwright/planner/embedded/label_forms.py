"""The forms of a label and what stands behind it: `Book: title, author`, `book (title, author)`, `CRUD for books`."""

import re

from apiwright.planner.embedded.patterns import Pattern

LABEL = Pattern(
    r"^[*_`\"]*(?P<label>[A-Za-z][\w \-/&()'\u2019]{0,60}?)[*_`\"]*\s*(?P<sign>:|—|\u2013|\s-\s|\s=\s|->|→)[*_]*\s*(?P<rest>.*)$", re.DOTALL
)
CALL = Pattern(r"^[*_`]*(?P<label>[A-Z]\w*(?: [A-Za-z]\w*){0,2})[*_`]*\s*[(\[{](?P<rest>[^()]*(?:\([^()]*\)[^()]*)*)[)\]}]\.?$", re.DOTALL)
LISTED = Pattern(r"^\s*(?P<label>[a-z]+(?: [a-z]+)?)\s*\((?P<rest>[^()]*,[^()]*)\)(?:,\s*(?P<more>.+))?\.?$", cues=("(",))
COMMAND = Pattern(
    r"^(?:track|manage|keep|store|record|log|organi[sz]e|catalog(?:ue)?|collect|monitor|plan)\s+(?:my|our|the|your|their|all)\b"
)
CREATES = Pattern(
    r"^(?:creates?|adds?|registers?|inserts?|saves?|stores?|submits?)\s+(?:an?|the|new|one)\s+(?:new\s+)?"
    r"|^(?:(?:full|basic)\s+)?(?:crud|manage(?:ment)?|create,? read,? update,?(?: and)? delete)\s*"
    r"(?:operations?\s+|endpoints?\s+|api\s+)?(?:for|of|on)\s+"
    r"|^(?:crud|creates?|adds?|registers?|records?|manages?|stores?|saves?|tracks?|logs?|keeps?|defines?)\s+(?=(?:[a-z]+\s)?[a-z]+s$)"
)
CODED = Pattern(r"`[a-z_]\w*`\s", cues=("`",))
TELLS = Pattern(
    r"^(?:each|every|an?|the)\s+[a-z]+(?:\s[a-z]+)?\s+(?:has|have|contains?|consists?|belongs?|can|may|must|should|is)\b", re.IGNORECASE
)
TABLED = Pattern(
    r"^\W*(?:sheet|tab|table|entity|model|resource|collection)\s*:?\s+[\"'`*\u201c]*(?P<name>[A-Za-z][\w ]{1,40}?)[\"'`*\u201d]*\s*:?\s*$",
    re.IGNORECASE,
)
"""`Sheet "Donors"`, over the columns of its table."""
NUMBERED = Pattern(r"^(?:[A-Z]{1,6}[- ]?)?\d+(?:\.\d+)*$")
ROLES = Pattern(r"^\s*(?:[a-z]+(?:\s[a-z]+)?\s+role(?:\s*,\s*|\s+and\s+|\s*$))+$", re.IGNORECASE, cues=("role",))
FIELD_LABELS = frozenset(
    {"fields", "field", "attributes", "attribute", "properties", "property", "columns", "column", "schema", "data", "has", "members"}
)
ENTITY_LABELS = frozenset({
    "entities", "entity", "models", "model", "resources", "resource", "tables", "table", "data model", "data models", "database tables",
    "main entities", "core entities", "database models", "collections", "domain model", "objects", "database schema", "schemas",
})  # fmt: skip
ROLE_LABELS = frozenset({"roles", "user roles", "role", "user role", "user types", "actors", "types of users", "user type"})
