"""Code in a prompt: classes, interfaces, `CREATE TABLE`, and JSON examples."""

import re

from apiwright.blueprint import FieldType
from apiwright.kit.casing import words_of
from apiwright.kit.inflection import singular
from apiwright.planner.embedded.concepts import in_full
from apiwright.planner.embedded.fieldspec import FieldNote, field_note
from apiwright.planner.embedded.notes import Notes, Span
from apiwright.planner.embedded.patterns import Pattern

_CLASS = Pattern(
    r"^[ \t]*(?:export\s+|public\s+)?(?:class|interface|model|type|struct|entity|message|table)\s+"
    r"[\"`]?(\w+)[^\n{:(=]*(?:\([^)\n]*\))?\s*[:={]+",
    re.MULTILINE,
)
_TABLE = Pattern(r"create\s+table\s+(?:if\s+not\s+exists\s+)?[\"`\[]?(?:\w+\.)?(\w+)[\"`\]]?\s*\(", re.IGNORECASE)
_MEMBER = Pattern(r"^\s*(?:public\s+|private\s+|readonly\s+|val\s+|var\s+)*[\"'`]?([A-Za-z_]\w*)[\"'`]?(\?)?\s*(?::|=|\s)\s*([^\n]+)$")
_KEY = Pattern(r"[\"']?([A-Za-z_]\w{0,40})[\"']?\s*:\s*([\"'][^\"']{0,80}[\"']|-?\d+(?:\.\d+)?|true|false|null|\[|\{)?")
_NAMES = Pattern(r"^\{\s*[a-z]\w*(?:\s*,\s*[a-z]\w*)+\s*,?\s*\}$", re.IGNORECASE)
ENVELOPE = frozenset(
    {
        "success",
        "data",
        "message",
        "error",
        "errors",
        "status_code",
        "code",
        "id",
        "token",
        "access_token",
        "token_type",
        "detail",
        "results",
        "total",
        "page",
        "items",
    }
)
_DROPPED = frozenset(
    {
        "id",
        "created_at",
        "updated_at",
        "createdat",
        "updatedat",
        "constraint",
        "primary",
        "foreign",
        "unique",
        "check",
        "key",
        "index",
        "pass",
        "return",
        "def",
        "class",
    }
)


def read_code(notes: Notes, text: str, start: int, nearest: str | None) -> None:
    """Notes the entities and fields that a piece of code shows; a bare JSON object tells of `nearest`."""
    heads = list(_CLASS.finditer(text))
    for at, head in enumerate(heads):
        end = heads[at + 1].start() if at + 1 < len(heads) else len(text)
        _body(notes, head[1], _lines(text[head.end() : end].split("}", maxsplit=1)[0]), start + head.end())
    for head in _TABLE.finditer(text):
        end = text.find(";", head.end())
        body = text[head.end() : end if end >= 0 else len(text)]
        _body(notes, head[1], "\n".join(_columns(body)), start + head.end())
    if not heads and not _TABLE.search(text) and "{" in text and nearest:
        read_object(notes, text, start, nearest)


def read_object(notes: Notes, text: str, start: int, entity: str) -> None:
    """Notes the keys of a JSON object as fields of an entity."""
    for found in _KEY.finditer(text):
        words = words_of(found[1])
        name = "_".join(words)
        if not words or name in ENVELOPE or name in _DROPPED or found[2] == "{":
            continue
        listed = found[2] == "["
        if listed and text[found.end() :].lstrip()[:1] in {"{", "]", "[", ""}:
            continue
        refers = " ".join(words[:-1]) if words[-1] == "id" and len(words) > 1 else ""
        note = FieldNote(
            name=name,
            start=start + found.start(),
            end=start + found.end(),
            refers=refers,
            many=listed,
            type="json" if listed else _value_type(found[2] or "", name),
        )
        notes.fields.append((entity, note))


def read_names(notes: Notes, text: str, start: int, entity: str, *, wrapped: bool = False) -> None:
    """Notes the names of `{ wallet_id, amount, reference }` as fields of an entity; `wrapped` when answers may stand around them."""
    for name in re.finditer(r"\w+", text) if _NAMES.match(text) else ():
        if wrapped and "_".join(words_of(name[0])) in ENVELOPE:
            continue
        if (note := field_note(name[0], start + name.start())) is not None:
            notes.fields.append((entity, note))


def _value_type(value: str, name: str) -> FieldType | None:
    if value in {"true", "false"}:
        return "boolean"
    if re.fullmatch(r"-?\d+", value) and not name.endswith(("price", "amount", "cost", "total")):
        return "integer"
    return "float" if re.fullmatch(r"-?\d+\.\d+", value) and not name.endswith(("price", "amount", "cost", "total")) else None


def _body(notes: Notes, label: str, body: str, start: int) -> None:
    words = words_of(label)
    if (
        words
        and words[-1] in {"base", "create", "update", "read", "schema", "in", "out", "request", "response", "dto", "model"}
        and len(words) > 1
    ):
        words = words[:-1]
    if not words:
        return
    concept = notes.concept((*words[:-1], singular(words[-1])))
    if concept is None:
        return
    concept = concept if concept.tail else in_full(concept, (*words[:-1], singular(words[-1])))
    name = notes.add(concept, 6.0, Span(start, start), declared=True)
    position = start
    for line in body.splitlines():
        member = _MEMBER.match(line.rstrip(",;"))
        if member and member[1].lower() not in _DROPPED and not line.lstrip().startswith(("#", "//", "@", "def ", "--")):
            note = field_note(f"{member[1]}{member[2] or ''}: {member[3]}", position)
            if note is not None:
                notes.fields.append((name, note))
        position += len(line) + 1


def _lines(body: str) -> str:
    """One member a line, also where they were told on a single line (`id: number; name: string`)."""
    return body if "\n" in body.strip() else body.replace(";", "\n").replace(",", "\n")


def _columns(body: str) -> list[str]:
    """The columns of a `CREATE TABLE`, split at top-level commas."""
    columns, depth, begin = [""], 0, 0
    for at, char in enumerate(body):
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if depth < 0:
                columns.append(body[begin:at])
                break
        elif char == "," and depth == 0:
            columns.append(body[begin:at])
            begin = at + 1
    else:
        columns.append(body[begin:])
    return [" ".join(column.split()) for column in columns if column.strip()]
