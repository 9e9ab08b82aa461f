"""What each field type is in Python, in the database and in payloads. One row of `TYPES` for each."""

from collections.abc import Callable

from msgspec import Struct

from apiwright.blueprint import Field
from apiwright.blueprint.validation.patterns import whole
from apiwright.compiler.python_source import Code, join, literal, source

TEXT_LENGTHS: dict[str, int] = {"string": 255, "slug": 255, "email": 254, "url": 2_083, "text": 1_000_000, "secret": 10_000}
NUMBERS = frozenset({"integer", "float", "decimal"})
EXACT_DIGITS = 18
"""Digits that a 64-bit integer holds whatever they are."""


class TypeSource(Struct, frozen=True):
    """One field type as Python source.

    Attributes:
        python: Type of the value in rows.
        column: Column type of the model; `migration` is what the database makes of it.
        payload: Type in payloads, rules included; `query` in query strings.
    """

    python: Code
    column: Code
    migration: Code
    payload: Code
    query: Code

    @property
    def answer(self) -> Code:
        """Type in answers: that of rows, but for a time of day, of which JSON Schema's own format has it that it names its zone."""
        return self.payload if self.python == "dt.time" else self.python


def precision_of(field: Field) -> tuple[int, int]:
    """Digits in all and after the point, of a decimal."""
    return field.precision or 12, field.scale if field.scale is not None else 2


def type_source(field: Field, enum: Code) -> TypeSource:
    """The type of a field. `enum` names its `Literal` alias, if it is an enum."""
    match field.type:
        case "string" | "slug" | "email" | "url" | "text" | "secret":
            return _text(field)
        case "integer":
            return _plain("int", "BigInteger", _ruled("Integer", _bounds(field, literal)), "QueryInteger")
        case "float":
            return _plain("float", "Double", _ruled("Float", _bounds(field, lambda value: literal(float(value)))), "QueryFloat")
        case "decimal":
            return _decimal(field)
        case "boolean":
            return _plain("bool", "Boolean", Code("Boolean"), "QueryBoolean")
        case "date":
            return _plain("dt.date", "Date", Code("Date"), "Date")
        case "datetime":
            moment = _plain("dt.datetime", "UtcDateTime", Code("Moment"), "Moment")
            return TypeSource(moment.python, moment.column, Code("sa.DateTime(timezone=True)"), moment.payload, moment.query)
        case "time":
            return _plain("dt.time", "Time", Code("TimeOfDay"), "TimeOfDay")
        case "uuid":
            return _plain("UUID", "Uuid", Code("UUID"), "UUID")
        case "enum":
            length = literal(max(len(value) for value in field.values))
            column = source("String(<length>)", length=length)
            return TypeSource(enum, column, source("sa.<column>", column=column), enum, enum)
        case "json":
            return TypeSource(Code("Any"), Code("JSON(none_as_null=True)"), Code("sa.JSON(none_as_null=True)"), Code("Json"), Code("Json"))


def length_of(field: Field) -> int:
    """The longest text that a field takes."""
    return field.max_length if field.max_length is not None else TEXT_LENGTHS[field.type]


def _decimal_bound(value: float) -> Code:
    """A bound of a decimal as a `Decimal` call."""
    return source("Decimal(<text>)", text=literal(str(value)))


def _plain(python: str, column: str, payload: Code, query: str) -> TypeSource:
    return TypeSource(Code(python), Code(column), source("sa.<column>()", column=Code(column)), payload, Code(query))


def _text(field: Field) -> TypeSource:
    length = length_of(field)
    column = Code("Text") if field.type == "text" or length > 10_000 else source("String(<length>)", length=literal(length))
    rules = [source("max_length=<length>", length=literal(length))]
    if field.min_length:
        rules.insert(0, source("min_length=<length>", length=literal(field.min_length)))
    base = {"email": "Email", "url": "Url", "slug": "Slug", "secret": "Secret"}.get(field.type, "Text")
    payload = _ruled(base, rules)
    if field.pattern is not None:
        payload = _patterned(field.pattern, "Secret" if field.type == "secret" else base, rules)
    migration = Code("sa.Text()") if column == "Text" else source("sa.<column>", column=column)
    lowered = field.type == "email"
    query = Code("Annotated[Text, AfterValidator(str.lower)]") if lowered else Code("Text")
    return TypeSource(Code("str"), column, migration, payload, query)


def _patterned(pattern: str, base: str, rules: list[Code]) -> Code:
    """Text that must match as a whole."""
    named = {"Text": "PatternText", "Secret": "PatternSecret", "Slug": "Slug"}[base]
    rule = source("pattern=<pattern>", pattern=literal(whole(pattern)))
    return source("Annotated[<base>, Field(<rules>)]", base=Code(named), rules=join([*rules, rule]))


def _decimal(field: Field) -> TypeSource:
    precision, scale = precision_of(field)
    digits = [source("max_digits=<n>", n=literal(precision)), source("decimal_places=<n>", n=literal(scale))]
    exact = precision <= EXACT_DIGITS
    numbers = join([literal(precision), literal(scale)])
    column = source("<name>(<numbers>)", name=Code("ExactDecimal" if exact else "WideDecimal"), numbers=numbers)
    sqlite = Code("sa.BigInteger()") if exact else source("sa.String(<n>)", n=literal(precision + 1))
    migration = source('sa.Numeric(<numbers>).with_variant(<sqlite>, "sqlite")', numbers=numbers, sqlite=sqlite)
    payload = _ruled("Number", digits + _bounds(field, _decimal_bound))
    return TypeSource(Code("Decimal"), column, migration, payload, _ruled("Decimal", digits))


def _bounds(field: Field, as_code: Callable[[float], Code]) -> list[Code]:
    rules: list[Code] = []
    for name, value in (("ge", field.min), ("le", field.max)):
        if value is not None:
            rules.append(source("<name>=<value>", name=Code(name), value=as_code(value)))
    return rules


def _ruled(base: str, rules: list[Code]) -> Code:
    if not rules:
        return Code(base)
    return source("Annotated[<base>, Field(<rules>)]", base=Code(base), rules=join(rules))
