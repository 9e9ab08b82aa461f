"""What list tests ask for: filters with their answers, and text that `q` finds."""

from collections.abc import Iterator

from apiwright.compiler.lower_tests.values import NOTHING, query_text
from apiwright.compiler.project_model import EntityModel, FieldModel
from apiwright.compiler.python_source import Code, join, literal, source
from apiwright.compiler.tests_model import FilterCase, Filters, LinkFilter, ParentModel, SampleModel


def filters_of(entity: EntityModel, samples: tuple[SampleModel, ...]) -> Filters | None:
    """Parameters about a row that `filter_row` describes."""
    moved = {item.field.name for item in entity.transitions}
    sampled = {sample.field.name: sample for sample in samples}
    found: dict[str, FilterCase] = {}
    others: list[FilterCase] = []
    for field in entity.fields:
        values: list[object] = []
        if field.name in sampled:
            values = [*sampled[field.name].values]
        elif field.name in moved:
            values = [field.field.default, *(value for value in field.field.values if value != field.field.default)]
        if values:
            found |= {parameter: _case(parameter, text) for parameter, text in _finding(field, values)}
            others += [_case(parameter, text) for parameter, text in _missing(field, values)]
    return Filters(found_by=tuple(found.values()), not_found_by=tuple(others)) if found else None


def filter_row(samples: tuple[SampleModel, ...]) -> Code:
    """Arguments of the factory, each with a comma before it, that give the row the values which the filters look for."""
    return join([source(", <name>=<value>", name=item.attribute, value=item.fixed_value) for item in samples if item.numbered], "")


def link_filters_of(parents: tuple[ParentModel, ...]) -> tuple[LinkFilter, ...]:
    """Filters by links that every row has."""
    return tuple(
        LinkFilter(name=parent.attribute, parameter=literal(item.parameter), attribute=parent.attribute)
        for parent in parents
        for item in parent.relation.filters
        if item.operator == "eq"
    )


def searched_of(samples: tuple[SampleModel, ...]) -> Code:
    """Text that `q` finds in such a row; empty when nothing is searched."""
    found = (sample for sample in samples if sample.field.searched and sample.field.readable)
    texts = (str(sample.values[0]) for sample in found)
    return next((literal(text[:100]) for text in texts if text.strip()), NOTHING)


def _finding(field: FieldModel, values: list[object]) -> Iterator[tuple[str, str]]:
    """Each parameter of the field, with a text by which it finds a row that has the first value."""
    text = query_text(values[0])
    others = [query_text(value) for value in values[1:2]]
    for item in field.filters:
        match item.operator:
            case "eq" | "gte" | "lte":
                yield item.parameter, text
            case "in" if "," not in text:
                yield item.parameter, ",".join([text, *(other for other in others if "," not in other)])
            case "icontains" if text.strip():
                yield item.parameter, text[:20]
            case "isnull":
                yield item.parameter, "false"
            case _:
                pass


def _missing(field: FieldModel, values: list[object]) -> Iterator[tuple[str, str]]:
    """Parameters that do not find such a row, by the first of its values or by the second."""
    text, rising = query_text(values[0]), field.field.type not in {"boolean", "enum", "uuid"}
    others = [query_text(value) for value in values[1:2]]
    for item in field.filters:
        match item.operator:
            case "gt" | "lt":
                yield item.parameter, text
            case "icontains" if text.strip():
                yield item.parameter, "no such text"
            case "isnull":
                yield item.parameter, "true"
            case "eq":
                yield from ((item.parameter, other) for other in others)
            case "in" if "," not in text:
                yield from ((item.parameter, other) for other in others if "," not in other)
            case "gte" if rising:
                yield from ((item.parameter, other) for other in others)
            case _:
                pass


def _case(parameter: str, text: str) -> FilterCase:
    return FilterCase(parameter=literal(parameter), text=literal(text))
