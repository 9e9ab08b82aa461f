"""How the stored values of a field become values of its new form, in SQL, and which of them do not."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from apiwright.blueprint import Field
from apiwright.blueprint.changes import Conversion
from apiwright.blueprint.validation.limits import NUMBERS, TEXTS
from apiwright.compiler.migrations.values import NARROW, Dialect, decimal_sql, digits, longest, quoted

Unfit = tuple[str, str]
"""What is wrong with a value, as words that follow "which"; and the SQL condition that finds such rows."""
_SHAPES = {
    "email": ("NOT LIKE '%_@_%._%'", "!~ '^[^@[:space:]]+@[^@[:space:].]+([.][^@[:space:].]+)+$'"),
    "url": ("NOT GLOB 'http*://?*'", "!~ '^https?://[^[:space:]/?#]+[^[:space:]]*$'"),
    "slug": ("GLOB '*[^a-z0-9-]*'", "!~ '^[a-z0-9]+(-[a-z0-9]+)*$'"),
}


def converted(old: Field, new: Field, how: Conversion, column: str, dialect: Dialect) -> str:
    """The new value of `column` (quoted), before what does not fit is dealt with."""
    sqlite = dialect == "sqlite"
    if how.replace:
        cases = " ".join(f"WHEN {quoted(was)} THEN {quoted(now)}" for was, now in how.replace)
        column = f"CASE {column} {cases} ELSE {column} END"
    if old.type in NUMBERS and new.type in NUMBERS:
        return _number(old, new, how, column, sqlite=sqlite)
    if new.type in NUMBERS and old.type in TEXTS:
        return _read(new, f"trim({column})", sqlite=sqlite)
    if new.type in {"string", "text"} and old.type not in TEXTS | {"enum"}:
        return _written(old, column, sqlite=sqlite)
    match (old.type, new.type):
        case ("boolean", "integer"):
            return column if sqlite else f"CAST(CAST({column} AS INTEGER) AS BIGINT)"
        case ("integer", "boolean"):
            return column if sqlite else f"({column} <> 0)"
        case ("date", "datetime"):
            return f"{column} || ' 00:00:00.000000'" if sqlite else f"(CAST({column} AS TIMESTAMP) AT TIME ZONE 'UTC')"
        case ("datetime", "date"):
            return f"substr({column}, 1, 10)" if sqlite else f"CAST({column} AT TIME ZONE 'UTC' AS DATE)"
        case _ if how.unfit == "truncate" and new.type in TEXTS:
            return f"substr({column}, 1, {longest(new)})"
        case _:
            return column


def unfit(old: Field, new: Field, how: Conversion, column: str, dialect: Dialect) -> Iterator[Unfit]:
    """What of `column` the new rules refuse, first of all what cannot be read as the new type. An empty value is never among it."""
    sqlite = dialect == "sqlite"
    if new.type in NUMBERS and old.type in TEXTS:
        yield "is no number", _unreadable(new, f"trim({column})", sqlite=sqlite)
    elif (old.type, new.type) == ("integer", "boolean"):
        yield "is neither 0 nor 1", f"{column} NOT IN (0, 1)"
    elif old.type != new.type and new.type in _SHAPES:
        yield f"is no {new.type}", f"{column} {_SHAPES[new.type][0 if sqlite else 1]}"
    elif old.type in NUMBERS and new.type in NUMBERS:
        yield from _fraction(old, new, how, column, sqlite=sqlite)
    if sqlite and _wide_change(old, new):
        yield "SQLite has no way to convert; clear the values, or do this on PostgreSQL", f"{column} IS NOT NULL"
        return
    yield from _beyond(old, new, converted(old, new, how, column, dialect), dialect)


def _beyond(old: Field, new: Field, value: str, dialect: Dialect) -> Iterator[Unfit]:
    """Converted values that break a rule of the new field."""
    changed = old.type != new.type
    if new.type in TEXTS:
        text = old if old.type in TEXTS else None
        if text is None or longest(new) < longest(text):
            yield f"has more than {longest(new)} characters", f"length({value}) > {longest(new)}"
        if new.min_length is not None and (text is None or new.min_length > (text.min_length or 0)):
            yield f"has fewer than {new.min_length} characters", f"length({value}) < {new.min_length}"
    if new.type == "enum" and (changed or set(old.values) - set(new.values)):
        yield "is none of the values", f"{value} NOT IN ({', '.join(quoted(item) for item in new.values)})"
    if new.type in NUMBERS and not (dialect == "sqlite" and new.type == "decimal" and digits(new)[0] > NARROW):
        yield from _bounds(old, new, value, dialect)


def _bounds(old: Field, new: Field, value: str, dialect: Dialect) -> Iterator[Unfit]:
    def bound(number: float | Decimal) -> str:
        exact = Decimal(str(number))
        return decimal_sql(new, exact, dialect) if new.type == "decimal" else f"{exact:f}"

    if new.min is not None and (old.min is None or new.min > old.min or old.type != new.type):
        yield f"is below {new.min}", f"{value} < {bound(new.min)}"
    if new.max is not None and (old.max is None or new.max < old.max or old.type != new.type):
        yield f"is above {new.max}", f"{value} > {bound(new.max)}"
    if new.type == "decimal":
        whole = digits(new)[0] - digits(new)[1]
        if old.type != "decimal" or digits(old)[0] - digits(old)[1] > whole:
            yield f"has more than {whole} digits before the point", f"abs({value}) >= {bound(Decimal(10) ** whole)}"


def _number(old: Field, new: Field, how: Conversion, column: str, *, sqlite: bool) -> str:
    factor = Fraction(str(how.factor)) if how.factor is not None else Fraction(1)
    if sqlite:
        factor *= Fraction(10) ** (_units(new) - _units(old))
        if factor == 1 and old.type != "float":
            return column if new.type != "float" else f"CAST({column} AS REAL)"
        if new.type == "float" or old.type == "float":
            product = f"({column} * {factor.numerator}.0 / {factor.denominator})"
            return product if new.type == "float" else f"CAST(round({product}) AS INTEGER)"
        product = column if factor.numerator == 1 else f"({column} * {factor.numerator})"
        half, parts = factor.denominator // 2, factor.denominator
        return product if parts == 1 else f"(({product} + CASE WHEN {column} < 0 THEN -{half} ELSE {half} END) / {parts})"
    product = column if factor == 1 else f"({column} * {factor.numerator} / {factor.denominator}.0)"
    match new.type:
        case "integer":
            return f"CAST(round(CAST({product} AS NUMERIC)) AS BIGINT)"
        case "float":
            return f"CAST({product} AS DOUBLE PRECISION)"
        case _:
            return f"round(CAST({product} AS NUMERIC), {digits(new)[1]})"


def _fraction(old: Field, new: Field, how: Conversion, column: str, *, sqlite: bool) -> Iterator[Unfit]:
    """Decimals that the new form has no room for. Who chose a factor chose rounding with it; a float is never exact."""
    room = digits(new)[1] if new.type == "decimal" else 0
    if how.factor is not None or new.type == "float" or (old.type == "integer" or (old.type == "decimal" and digits(old)[1] <= room)):
        return
    said = f"has more than {room} decimals" if room else "is no whole number"
    if not sqlite:
        yield said, f"CAST({column} AS NUMERIC) <> round(CAST({column} AS NUMERIC), {room})"
    elif old.type == "float":
        yield said, f"{column} <> round({column}, {room})"
    elif digits(old)[0] <= NARROW:
        yield said, f"{column} % {10 ** (digits(old)[1] - room)} <> 0"


def _units(field: Field) -> int:
    """Decimals behind the point of what SQLite stores as a whole number."""
    return digits(field)[1] if field.type == "decimal" else 0


def _wide_change(old: Field, new: Field) -> bool:
    wide = [field.type == "decimal" and digits(field)[0] > NARROW for field in (old, new)]
    return any(wide) and (wide[0] != wide[1] or digits(old) != digits(new))


def _read(new: Field, text: str, *, sqlite: bool) -> str:
    match new.type:
        case "integer":
            return f"CAST({text} AS {'INTEGER' if sqlite else 'BIGINT'})"
        case "float":
            return f"CAST({text} AS {'REAL' if sqlite else 'DOUBLE PRECISION'})"
        case _:
            scale = digits(new)[1]
            return f"CAST(round(CAST({text} AS REAL) * {10**scale}) AS INTEGER)" if sqlite else f"round(CAST({text} AS NUMERIC), {scale})"


def _unreadable(new: Field, text: str, *, sqlite: bool) -> str:
    if not sqlite:
        tail = "" if new.type == "integer" else "([.][0-9]+)?"
        return f"{text} !~ '^-?[0-9]{{1,15}}{tail}$'"
    number = f"ltrim({text}, '-')" if new.type == "integer" else f"replace(ltrim({text}, '-'), '.', '')"
    parts = [f"{number} = ''", f"{number} GLOB '*[^0-9]*'", f"length({number}) > 15", f"{text} GLOB '--*'", f"{text} GLOB '*.*.*'"]
    return f"({' OR '.join(parts)})"


def _written(old: Field, column: str, *, sqlite: bool) -> str:
    if not sqlite:
        return f"CAST({column} AS TEXT)"
    if old.type == "uuid":
        parts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
        return " || '-' || ".join(f"substr({column}, {start}, {length})" for start, length in parts)
    if old.type == "decimal" and digits(old)[1] and digits(old)[0] <= NARROW:
        scale = digits(old)[1]
        sign = f"CASE WHEN {column} < 0 THEN '-' ELSE '' END"
        return f"{sign} || (abs({column}) / {10**scale}) || '.' || substr('{'0' * scale}' || (abs({column}) % {10**scale}), -{scale})"
    return f"CAST({column} AS TEXT)"
