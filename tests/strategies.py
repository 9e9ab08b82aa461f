"""Hypothesis strategies: any blueprint that holds together.

Valid by construction, nearly: required links only point backwards, so that every row can be made; names come from a pool that is full
of words of Python, SQL and the project itself. What still clashes is dropped by asking `validate`.
"""

from functools import cache
from typing import Any, Literal

from hypothesis import strategies as st

from apiwright.blueprint import (
    Access,
    Auth,
    Blueprint,
    Computed,
    ComputedType,
    Count,
    Endpoint,
    Entity,
    Field,
    FieldType,
    Grant,
    Hook,
    Operation,
    Origin,
    PairAction,
    Relation,
    Role,
    Transition,
    validate,
)
from apiwright.blueprint.base import OPERATIONS, DeleteRule, RelationKind
from apiwright.diagnostics import errors_in

ENTITY_NAMES: tuple[str, ...] = (
    "User", "Order", "Group", "Class", "Import", "Table", "Field", "Base", "Model", "Person", "Category", "Analysis", "Series", "Status",
    "Todo", "Tag", "Session", "Test", "Router", "Schema", "Page", "Enum", "Date", "Json", "Type", "Index", "HTTPLog", "PurchaseOrder",
    "Item2", "X", "Query", "Error", "Problem", "Path", "Depends", "Settings", "Token", "App", "Main", "Event", "None", "Any",
    "CustomerSubscriptionInvoice", "I", "L", "O",
)  # fmt: skip
MEMBER_NAMES: tuple[str, ...] = (
    "name", "title", "email", "class", "import", "from", "select", "order", "type", "status", "state", "date", "datetime", "time", "uuid",
    "json", "list", "str", "int", "self", "cls", "field", "model", "session", "metadata", "registry", "index", "table", "column", "hash",
    "x", "a1", "value_2", "total", "amount", "body", "note", "model_config", "copy", "dict", "schema", "none", "lambda", "filter", "query",
    "key", "parent", "owner", "user", "items", "children", "request", "response", "settings", "repository", "payload", "row", "data",
    "remaining_installment_count", "external_accounting_status_last_quarter", "l",
)  # fmt: skip
COMPUTED_TYPES: tuple[ComputedType, ...] = ("string", "integer", "float", "decimal", "boolean", "date", "datetime", "time", "uuid", "json")
Changing = Literal["create", "update", "delete"]
CHANGING: tuple[Changing, ...] = ("create", "update", "delete")
MOMENTS: tuple[Literal["before", "after"], ...] = ("before", "after")
METHODS: tuple[Literal["GET", "POST"], ...] = ("GET", "POST")
PATTERNS = ("[A-Z]{3}-\\d{4}", "[a-z]+", "(foo|bar)[0-9]{2,5}", "\\+?[0-9]{6,15}", "[^a-z]{3}", ".{4}", "[\"'\\\\]{1,3}", "\\w+( \\w+)*")
HOSTILE = (
    '"""', "'''", "{{ x }}", "{% raw %}", "\\", "\n", "\r\n", "\x00", "🙂", "|", "`", "#", "---", "%s", "${x}", "\u2028",
    "<b>", "plain text",
)  # fmt: skip

SINGLE: tuple[RelationKind, ...] = ("many_to_one", "many_to_one", "one_to_one")
KEEPING: tuple[DeleteRule, ...] = ("cascade", "restrict")

texts = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=12), max_size=4).map("".join)
storable = texts.map(lambda text: text.replace("\x00", "").strip().encode(errors="ignore").decode())
enum_values = st.sampled_from(
    ["open", "in-progress", "1st", "None", "class", "a b", "ümlaut", "🙂", "it's", '"', "\\", "a\nb", "{{ x }}", "mro", "__init__", "%"]
) | storable.filter(lambda text: 0 < len(text) <= 100)


@st.composite
def blueprints(draw: st.DrawFn, max_entities: int = 5) -> Blueprint:
    """Any blueprint in which `validate` finds no error."""
    names = draw(st.lists(st.sampled_from(ENTITY_NAMES), min_size=1, max_size=max_entities, unique=True))
    account = draw(st.sampled_from([names[0], *names]))
    auth = Auth(entity=account, login="login_name", registration=draw(st.booleans())) if draw(st.booleans()) else None
    roles = draw(st.lists(st.sampled_from(["admin", "editor", "class"]), max_size=2, unique=True)) if auth else []
    entities: list[Entity] = []
    for name in names:
        entities.append(draw(_entities(name, before=entities, names=names, auth=auth, roles=roles)))
    if auth:
        entities = draw(_with_pair_action(entities, auth, roles))
    entities = [draw(_with_counts(entity, entities)) for entity in entities]
    entities = [draw(_with_extensions(entity, auth=auth, roles=roles)) for entity in entities]
    blueprint = Blueprint(
        name=draw(st.sampled_from(["app", "main", "todo-list", "x1", "class"])),
        title=draw(texts.map(lambda text: (text or "Title")[:120])),
        description=draw(texts),
        database=draw(st.sampled_from(["sqlite", "postgresql"])),
        entities=tuple(entities),
        roles=tuple(Role(name=role, description=draw(texts)) for role in roles),
        auth=auth,
        assumptions=tuple(draw(st.lists(texts, max_size=2))),
        prompt=draw(st.none() | texts),
    )
    return blueprint if not errors_in(validate(blueprint)) else draw(st.nothing())


@st.composite
def _entities(draw: st.DrawFn, name: str, *, before: list[Entity], names: list[str], auth: Auth | None, roles: list[str]) -> Entity:
    is_account = auth is not None and auth.entity == name
    members = draw(st.lists(st.sampled_from(MEMBER_NAMES), max_size=7, unique=True))
    split = draw(st.integers(0, min(len(members), 3)))
    relations = [draw(_relations(member, [item.name for item in before], names)) for member in members[:split]]
    fields = [draw(fields_named(member)) for member in members[split:]]
    if is_account:
        fields.insert(0, Field(name="login_name", type=draw(st.sampled_from(["email", "string", "slug"])), required=True, unique=True))
    ownable = [item.name for item in before if auth and (item.name == auth.entity or item.owned_via)]
    owned_via = None
    if ownable and draw(st.booleans()):
        owned_via = "belongs_to"
        kind = draw(st.sampled_from(SINGLE))
        delete = draw(st.sampled_from(KEEPING))
        relations.append(Relation(name=owned_via, kind=kind, target=draw(st.sampled_from(ownable)), required=True, on_delete=delete))
    grants = _grants(owner=owned_via is not None or is_account, auth=auth, roles=roles)
    return Entity(
        name=name,
        plural=draw(st.sampled_from([None, None, f"{name}Rows"])),
        description=draw(texts),
        fields=tuple(fields),
        relations=tuple(relations),
        owned_via=owned_via,
        operations=draw(_operations()),
        access=Access(**{operation: draw(grants) for operation in OPERATIONS}),
        transitions=draw(_transitions(fields, grants)),
        unique_together=draw(_unique_groups(fields, relations)),
        origin=draw(st.sampled_from([Origin(), Origin(kind="prompt", text='"""\n', start=0, end=3)])),
    )


def _grants(*, owner: bool, auth: Auth | None, roles: list[str]) -> st.SearchStrategy[tuple[Grant, ...]]:
    if auth is None:
        return st.sampled_from([("public",), ("public",), ()])
    known = ["public", "authenticated", *(["owner"] * 3 if owner else []), *(f"role:{role}" for role in roles)]
    return st.lists(st.sampled_from(known), max_size=2, unique=True).map(tuple)


def _operations() -> st.SearchStrategy[tuple[Operation, ...]]:
    def in_order(chosen: list[Operation]) -> tuple[Operation, ...]:
        return tuple(operation for operation in OPERATIONS if operation in chosen)

    return st.just(OPERATIONS) | st.lists(st.sampled_from(OPERATIONS), max_size=5, unique=True).map(in_order)


@st.composite
def _relations(draw: st.DrawFn, name: str, before: list[str], names: list[str]) -> Relation:
    required = bool(before) and draw(st.booleans())
    kinds: tuple[RelationKind, ...] = (*SINGLE, "many_to_many")
    rules: tuple[DeleteRule, ...] = KEEPING if required else (*KEEPING, "set_null")
    return Relation(
        name=name,
        kind=draw(st.sampled_from(kinds)),
        target=draw(st.sampled_from(before if required else names)),
        required=required,
        on_delete=draw(st.sampled_from(rules)),
        inverse=draw(st.sampled_from([None, f"{name}_inverse"])),
        description=draw(texts),
    )


def _string_rules() -> st.SearchStrategy[dict[str, Any]]:
    fixed: list[dict[str, Any]] = [
        {},
        {"unique": True},
        {"indexed": True, "min_length": 2},
        {"min_length": 4, "max_length": 4, "unique": True},
    ]
    patterned = st.sampled_from(PATTERNS).map(lambda pattern: {"pattern": pattern})
    return st.sampled_from(fixed) | patterned | storable.map(lambda text: {"default": text})


RULES: dict[FieldType, st.SearchStrategy[dict[str, Any]]] = {
    "string": _string_rules(),
    "text": st.sampled_from([{}, {"min_length": 3}, {"max_length": 40, "default": '"""\n{{ x }}'}]),
    "integer": st.sampled_from([{}, {"min": -3, "max": 3, "default": 0}, {"unique": True}, {"min": 10}, {"max": -1}, {"min": 7, "max": 7}]),
    "float": st.sampled_from([{}, {"min": 0.5, "max": 0.75}, {"default": -1.5}, {"indexed": True}]),
    "decimal": st.sampled_from(
        [{}, {"precision": 3, "scale": 3}, {"precision": 20, "scale": 0, "unique": True}, {"min": 0, "max": 1, "default": "0.25"}]
    ),
    "boolean": st.sampled_from([{}, {"default": True}, {"default": False, "indexed": True}]),
    "date": st.sampled_from([{}, {"default": "today"}, {"default": "2024-02-29"}, {"unique": True}]),
    "datetime": st.sampled_from([{}, {"default": "now"}, {"default": "2024-02-29T12:00:00Z"}, {"unique": True}]),
    "time": st.sampled_from([{}, {"default": "08:30:00"}, {"unique": True}]),
    "uuid": st.sampled_from([{}, {"unique": True}, {"default": "12345678-1234-5678-1234-567812345678"}]),
    "email": st.sampled_from([{}, {"unique": True}, {"default": "a@example.com"}, {"max_length": 30}]),
    "url": st.sampled_from([{}, {"unique": True}, {"default": "https://example.com/?q='\""}]),
    "slug": st.sampled_from([{}, {"unique": True}, {"min_length": 5, "max_length": 20}]),
    "enum": st.lists(enum_values, min_size=1, max_size=5, unique=True).flatmap(
        lambda values: st.sampled_from([None, *values]).map(lambda default: {"values": tuple(values), "default": default})
    ),
    "json": st.sampled_from([{}, {"default": {"\"'": [1, None, True, "{{ x }}"]}}, {"default": []}]),
    "secret": st.sampled_from([{}, {"min_length": 8}, {"pattern": "[0-9]{4}"}]),
}


@cache
def fields_named(name: str) -> st.SearchStrategy[Field]:
    """Any field of that name."""

    @cache
    def build(kind: FieldType) -> st.SearchStrategy[Field]:
        def field(parts: tuple[dict[str, Any], bool, str]) -> Field:
            chosen, required, description = parts
            return Field(name=name, type=kind, required=required, description=description, **chosen)

        return st.tuples(RULES[kind], st.booleans(), texts).map(field)

    return st.sampled_from(sorted(RULES)).flatmap(build)


@st.composite
def _transitions(draw: st.DrawFn, fields: list[Field], grants: st.SearchStrategy[tuple[Grant, ...]]) -> tuple[Transition, ...]:
    movable = [field for field in fields if field.type == "enum" and field.default is not None and len(field.values) > 1]
    if not movable or draw(st.booleans()):
        return ()
    field = draw(st.sampled_from(movable))
    target = draw(st.sampled_from(field.values))
    sources = draw(st.lists(st.sampled_from([value for value in field.values if value != target]), max_size=2, unique=True))
    stamps = [item.name for item in fields if item.type == "datetime"]
    stamp = draw(st.sampled_from([None, *stamps]))
    access = draw(grants)
    return (Transition(name="approve", field=field.name, sources=tuple(sources), target=target, access=access, stamp=stamp),)


@st.composite
def _unique_groups(draw: st.DrawFn, fields: list[Field], relations: list[Relation]) -> tuple[tuple[str, ...], ...]:
    fit = [field.name for field in fields if field.type not in {"json", "text", "secret"}]
    fit += [relation.name for relation in relations if relation.kind != "many_to_many"]
    if len(fit) < 2 or draw(st.booleans()):
        return ()
    return (tuple(draw(st.lists(st.sampled_from(fit), min_size=2, max_size=3, unique=True))),)


@st.composite
def _with_pair_action(draw: st.DrawFn, entities: list[Entity], auth: Auth, roles: list[str]) -> list[Entity]:
    if draw(st.booleans()):
        return entities
    place = draw(st.integers(0, len(entities) - 1))
    subject = entities[place]
    owned = subject.owned_via is not None or subject.name == auth.entity
    access = draw(_grants(owner=owned, auth=auth, roles=roles).filter(lambda grants: "public" not in grants))
    pair = PairAction(name="like", undo="unlike", through="PairLike", actor="liker", subject="liked", access=access)
    through = Entity(
        name="PairLike",
        relations=(
            Relation(name="liker", target=auth.entity, required=True, on_delete="cascade"),
            Relation(name="liked", target=subject.name, required=True, on_delete="cascade"),
        ),
        owned_via="liker",
        operations=draw(st.sampled_from([(), ("list",)])),
        access=Access(create=("authenticated",), read=("owner",), list=("owner",), update=("owner",), delete=("owner",)),
        unique_together=(("liker", "liked"),),
    )
    acted = subject.model_copy(update={"pair_actions": (pair,)})
    return [*entities[:place], acted, *entities[place + 1 :], through]


@st.composite
def _with_counts(draw: st.DrawFn, entity: Entity, entities: list[Entity]) -> Entity:
    pointing = [(other.name, relation.name) for other in entities for relation in other.relations if relation.target == entity.name]
    if not pointing or draw(st.booleans()):
        return entity
    source, via = draw(st.sampled_from(pointing))
    return entity.model_copy(update={"counts": (Count(name="rows_count", source=source, via=via),)})


@st.composite
def _with_extensions(draw: st.DrawFn, entity: Entity, *, auth: Auth | None, roles: list[str]) -> Entity:
    if draw(st.integers(0, 2)):
        return entity
    computed = [
        Computed(name=name, type=draw(st.sampled_from(COMPUTED_TYPES)), description=draw(texts)) for name in ("async", "worked_out")
    ]
    changing: list[Changing] = [operation for operation in CHANGING if operation in entity.operations and entity.access.of(operation)]
    moments = st.sampled_from(MOMENTS)
    hooks = [Hook(name=f"{operation}_case", moment=draw(moments), operation=operation, description=draw(texts)) for operation in changing]
    owner = entity.owned_via is not None or (auth is not None and auth.entity == entity.name)
    endpoints = [draw(_endpoints("match", "row", _grants(owner=owner, auth=auth, roles=roles)))]
    endpoints.append(draw(_endpoints("yield", "collection", _grants(owner=False, auth=auth, roles=roles))))
    extensions = {"computed": tuple(computed), "hooks": tuple(hooks), "endpoints": tuple(item for item in endpoints if item.access)}
    return entity.model_copy(update=extensions)


@st.composite
def _endpoints(draw: st.DrawFn, name: str, scope: Any, grants: st.SearchStrategy[tuple[Grant, ...]]) -> Endpoint:
    method = draw(st.sampled_from(METHODS))
    unfit = {"json", "secret"} if method == "GET" else set[str]()
    arguments = [draw(fields_named(member)) for member in draw(st.lists(st.sampled_from(MEMBER_NAMES), max_size=3, unique=True))]
    asked = tuple(item.model_copy(update={"unique": False, "indexed": False}) for item in arguments if item.type not in unfit)
    types = st.sampled_from(COMPUTED_TYPES)
    answer = tuple(
        Field(name=member, type=draw(types), required=draw(st.booleans())) for member in draw(st.sampled_from([(), ("class", "x")]))
    )
    return Endpoint(name=name, method=method, scope=scope, access=draw(grants), arguments=asked, answer=answer, description=draw(texts))
