"""What list tests ask for: filters with their answers, and text that `q` finds."""

from collections.abc import Iterator

from apiwright.compiler.lower_tests.values import NOTHING, query_text
from apiwright.compiler.project_model import EntityModel, FieldModel
from apiwright.compiler.python_source import Code, join, literal, source
from apiwright.compiler.tests_model import FilterCase, LinkFilter, ParentModel, SampleModel


def filters_of(entity: EntityModel, samples: tuple[SampleModel, ...]) -> tuple[FilterCase, ...]:
    """Query strings about a row that `filter_row` describes."""
    moved = {item.field.name for item in entity.transitions}
    sampled = {sample.field.name: sample for sample in samples}
    cases: list[FilterCase] = []
    for field in entity.fields:
        values: list[object] = []
        if field.name in sampled:
            values = [*sampled[field.name].values]
        elif field.name in moved:
            values = [field.field.default, *(value for value in field.field.values if value != field.field.default)]
        if values:
            cases += _cases(field, values)
    return tuple(cases)


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


def _cases(field: FieldModel, values: list[object]) -> Iterator[FilterCase]:
    value, other = values[0], values[1] if len(values) > 1 else None
    text = query_text(value)
    rising = field.field.type not in {"boolean", "enum", "uuid"}
    for item in field.filters:
        match item.operator:
            case "eq":
                yield _case(item.parameter, text, found=True)
                if other is not None:
                    yield _case(item.parameter, query_text(other), found=False)
            case "in" if "," not in text:
                yield _case(item.parameter, text, found=True)
                if other is not None and "," not in query_text(other):
                    yield _case(item.parameter, f"{text},{query_text(other)}", found=True)
                    yield _case(item.parameter, query_text(other), found=False)
            case "gt" | "lt":
                yield _case(item.parameter, text, found=False)
            case "gte" | "lte":
                yield _case(item.parameter, text, found=True)
                if other is not None and rising and item.operator == "gte":
                    yield _case(item.parameter, query_text(other), found=False)
            case "icontains" if text.strip():
                yield _case(item.parameter, text[:20], found=True)
                yield _case(item.parameter, "no such text", found=False)
            case "isnull":
                yield _case(item.parameter, "false", found=True)
                yield _case(item.parameter, "true", found=False)
            case _:
                pass


def _case(parameter: str, text: str, *, found: bool) -> FilterCase:
    return FilterCase(parameter=literal(parameter), text=literal(text), found=literal(found))
