"""Values that an OpenAPI document allows and that nobody thinks of, put into it as examples: whoever makes requests from it sends each.

What comes by chance seldom meets them. A list of some shape is known to break programs: signs that mean something to a format, letters that
change their number when they change their case, the ends of the calendar, numbers that fit no machine word.
"""

import re
from typing import Any, cast

_PLAIN = "plain"
_SIGNS = "%s %d {0} {x} ${x} \\ / ' \" ` <b> & + ; # ? = , * | ~ \t \r\n \x01 \x7f \x85 \u2028 \u202e \u200b \ufeff \ufffe"
_LETTERS = " e\u0301 \u00df \u0130 \ufb01 \u00b2 \u0663 \u4e2d\u6587 \u05d0 \ue000 \U0001f468\u200d\U0001f469 \U0001d11e "
_WORDS = ("", " \t ", "0", "\x00")
_LONG = "0123456789" * 1_000
_MOST_PIECES = 4
_NUMERALS = ("1", "0", "-1", "0.01", "99999999.99")
_MOMENTS = ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.5-12:00", "0001-01-01T00:00:00+14:00")
_OF_FORMAT: dict[str, tuple[str, ...]] = {
    "date": ("2000-01-01", "0001-01-01", "9999-12-31", "2000-02-29", "1899-12-31"),
    "date-time": ("2000-01-01T00:00:00Z", *_MOMENTS),
    "time": ("12:00:00Z", "00:00:00Z", "23:59:59.999999Z"),
    "email": ("plain@example.com", "o'hara+tag@example.com", "UPPER.Case@EXAMPLE.com"),
    "uri": ("https://example.com/", "http://name:word@xn--bcher-kva.example:8080/a%20b;c?d=%00&e=#f"),
}
_NUMBERS: dict[str, tuple[float, ...]] = {
    "integer": (1, 0, -1, 2**31, 2**53 + 1, 2**63, 10**309),
    "number": (1.5, 0, -1, 0.01, 999_999.99, 1e-300, 1e300),
}
_DEEP = {"": {"%s": [None, {"a": 1}, [[0]]]}}
_ANYTHING: tuple[Any, ...] = ({"a": 1}, None, [], 1.5, "x", _DEEP)
_PARTS = ("anyOf", "oneOf", "allOf")
_NULL, _FORM = {"type": "null"}, "application/x-www-form-urlencoded"


def with_unusual(document: dict[str, Any]) -> dict[str, Any]:
    """The document with an ordinary value as the `example`, and unusual ones as `examples`, wherever a request may hold them.

    Ids are left alone, for those of rows that are there say more.
    """
    schemas: dict[str, dict[str, Any]] = document.get("components", {}).get("schemas", {})
    bodies, addresses = _Hints(schemas), _Hints(schemas, within_lists=False)
    for item in document["paths"].values():
        for operation in item.values():
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "query":
                    addresses.give(parameter["schema"])
            for kind, content in operation.get("requestBody", {}).get("content", {}).items():
                if kind == _FORM:
                    _drop_null(bodies.meant(content["schema"]))
                bodies.give(content["schema"])
    return document


def _drop_null(schema: dict[str, Any]) -> None:
    """A form has no null: what is sent in its place is an empty text."""
    members: dict[str, dict[str, Any]] = schema.get("properties", {})
    for name, member in members.items():
        parts = [part for part in member.get("anyOf", ()) if part != _NULL]
        if len(parts) == 1:
            members[name] = {key: value for key, value in member.items() if key != "anyOf"} | parts[0]


class _Hints:
    """Gives schemas their examples. Those that a schema does not allow are left out by whoever reads them."""

    def __init__(self, schemas: dict[str, dict[str, Any]], *, within_lists: bool = True) -> None:
        """
        Args:
            schemas: What references lead to.
            within_lists: Whether what lists hold is given any: a hundred long texts are more than a server takes for an address.
        """
        self._schemas, self._within_lists = schemas, within_lists
        self._followed: set[str] = set()

    def meant(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The schema itself, or the one that it refers to."""
        return self._schemas.get(str(schema.get("$ref")).rpartition("/")[2], schema)

    def give(self, schema: dict[str, Any]) -> None:
        """Give a schema, or what it consists of, its examples."""
        if "$ref" in schema:
            if schema["$ref"] not in self._followed:
                self._followed.add(schema["$ref"])
                self.give(self.meant(schema))
            return
        parts = [*(part for key in _PARTS for part in schema.get(key, ())), *schema.get("properties", {}).values()]
        parts += [schema[key] for key in ("items", "additionalProperties") if isinstance(schema.get(key), dict)]
        for part in parts if self._within_lists or schema.get("type") != "array" else ():
            self.give(part)
        if _NULL in parts:
            schema["example"] = None  # so that what one member refuses, for a reason that the document does not tell, hinders no other
        if schema.get("type") == "array":
            _hint_list(schema)
        if not parts and not {"enum", "const", "example", "examples"} & schema.keys() and (values := _values(schema)):
            schema["example"], schema["examples"] = values[0], list(values[1:])


def _hint_list(schema: dict[str, Any]) -> None:
    """None, or two that differ; of what refers to rows there is no saying which."""
    item: dict[str, Any] = schema.get("items", {})
    two = [*item.get("enum", ()), *([item["example"]] if "example" in item else []), *item.get("examples", ())][:2]
    if two:
        schema["example"], schema["examples"] = two[:1], [[], two]


def _values(schema: dict[str, Any]) -> tuple[Any, ...]:
    """The ordinary one first."""
    kind = schema.get("type")
    if kind == "string":
        form = schema.get("format", "password")
        return _texts(schema) if form == "password" else _OF_FORMAT.get(form, ())
    if isinstance(kind, str):
        return tuple(value for value in _NUMBERS.get(kind, ()) if _within(schema, value))
    return _ANYTHING if not {"type", "not"} & schema.keys() else ()


def _texts(schema: dict[str, Any]) -> tuple[str, ...]:
    pattern, most = schema.get("pattern"), schema.get("maxLength")
    if isinstance(pattern, str) and not re.search(pattern, _PLAIN):
        return tuple(text for text in _NUMERALS if re.search(pattern, text))
    plain = _PLAIN[:most].ljust(schema.get("minLength", 0), "x")
    texts = _SIGNS, _LETTERS
    size = min(most or len(_LONG), len(_LONG))
    pieces = [text[start : start + size] for text in texts for start in range(0, len(text), max(size, 1))][:_MOST_PIECES]
    found = (plain, *pieces, *_WORDS, *([_LONG] if most is None else []))
    return tuple(text for text in found if re.search(pattern, text)) if isinstance(pattern, str) else found


def _within(schema: dict[str, Any], value: float) -> bool:
    least, most = (cast("float | None", schema.get(key)) for key in ("minimum", "maximum"))
    return (least is None or value >= least) and (most is None or value <= most)
