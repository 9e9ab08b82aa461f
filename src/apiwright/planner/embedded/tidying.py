"""What must hold of every blueprint, whatever was read: names that do not clash, limits that make sense, rows that can be made."""

from apiwright.blueprint import Field, PairAction, Relation, Transition
from apiwright.blueprint.base import OPERATIONS
from apiwright.kit.casing import kebab, snake
from apiwright.kit.inflection import plural, singular
from apiwright.planner.embedded.drafts import Draft, EntityDraft
from apiwright.planner.embedded.patterns import Pattern

_TAKEN_PATHS = frozenset({"auth", "health", "docs", "redoc"})
_QUERY = frozenset({"limit", "offset", "sort", "q"})
_ACCOUNT = frozenset({"password", "hashed_password", "role"})
_IMPLICIT = frozenset({"id", "created_at", "updated_at"})
_NAME = Pattern(r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")
_LONGEST = {"string": 10_000, "slug": 255, "email": 254, "url": 2_083, "secret": 10_000, "text": 1_000_000}
_LARGEST = 10**9


def path_is_taken(name: str, paths: set[str]) -> bool:
    """Whether an entity of that name would share its path with another one, or with what every project has."""
    path = kebab(plural(name))
    return path in paths or path in _TAKEN_PATHS or kebab(name) in paths


def tidy(draft: Draft) -> None:
    """Mends every entity in place."""
    for entity in draft.entities.values():
        _relations(draft, entity)
        entity.fields = _fields(draft, entity)
        _actions(entity)
    _break_circles(draft)
    for entity in draft.entities.values():
        owner = entity.relations.get(entity.owned_via or "")
        if owner is None or not owner.required or owner.kind == "many_to_many" or draft.account is None:
            entity.owned_via = None
    for entity in draft.entities.values():
        entity.pair_actions = [item for item in entity.pair_actions if _can_pair(draft, item)]
    used = {item.through for entity in draft.entities.values() for item in entity.pair_actions}
    for entity in draft.entities.values():
        entity.operations = entity.operations if entity.name in used else OPERATIONS


def _can_pair(draft: Draft, action: PairAction) -> bool:
    """Whether an action can make the row of a pair: both ends are there, and nothing else is needed."""
    through = draft.entities.get(action.through)
    if through is None or (action.actor, action.subject) not in through.unique_together:
        return False
    needed = {relation.name for relation in through.relations.values() if relation.required}
    return needed == {action.actor, action.subject} and not any(item.required and item.default is None for item in through.fields.values())


def _relations(draft: Draft, entity: EntityDraft) -> None:
    kept: dict[str, Relation] = {}
    taken: set[str] = set()
    for name, relation in entity.relations.items():
        key = f"{singular(name)}_ids" if relation.kind == "many_to_many" else f"{name}_id"
        if (
            relation.target not in draft.entities
            or _NAME.match(name) is None
            or len(key) > 48
            or {name, key} & (taken | _QUERY | _IMPLICIT)
        ):
            continue
        required = relation.required and relation.kind != "many_to_many" and entity.name not in {draft.account, relation.target}
        rule = relation.on_delete
        if relation.kind != "many_to_many":
            rule = ("restrict" if rule == "set_null" else rule) if required else "set_null"
        kept[name] = relation.model_copy(update={"required": required, "on_delete": rule})
        taken |= {name, key}
    entity.relations = kept
    if entity.owned_via not in kept:
        entity.owned_via = None


def _fields(draft: Draft, entity: EntityDraft) -> dict[str, Field]:
    taken = _IMPLICIT | set(entity.relations) | (_ACCOUNT if entity.name == draft.account else frozenset[str]())
    for name, relation in entity.relations.items():
        taken |= {f"{singular(name)}_ids" if relation.kind == "many_to_many" else f"{name}_id"}
    kept: dict[str, Field] = {}
    for field in entity.fields.values():
        name = f"{snake(entity.name)}_{field.name}"[:48].strip("_") if field.name in _QUERY else field.name
        if name not in taken and name not in kept and _NAME.match(name) and len(name) <= 48:
            kept[name] = mended(field if name == field.name else field.model_copy(update={"name": name}))
    return kept


def mended(field: Field) -> Field:
    """A field whose rules fit its type and each other."""
    change: dict[str, object] = {}
    kind = field.type
    if field.unique and kind == "text":
        kind = "string"
        change |= {"type": kind, "max_length": min(field.max_length or 255, 255)}
    if field.unique and kind in {"json", "secret", "boolean"}:
        change["unique"] = False
    elif field.unique:
        change["default"] = None
    longest = _LONGEST.get(kind)
    if longest is None:
        change |= {"min_length": None, "max_length": None}
    else:
        most = min(field.max_length, longest) if field.max_length else change.get("max_length")
        least = field.min_length if field.min_length and field.min_length <= (most if isinstance(most, int) else longest) else None
        change |= {"max_length": most, "min_length": least}
    bounds = {"min": field.min, "max": field.max}
    if kind not in {"integer", "float", "decimal"} or any(value is not None and abs(value) > _LARGEST for value in bounds.values()):
        change |= {"min": None, "max": None}
    elif kind == "integer":
        change |= {name: int(value) for name, value in bounds.items() if value is not None}
    return field.model_copy(update=change) if any(getattr(field, name) != value for name, value in change.items()) else field


def _actions(entity: EntityDraft) -> None:
    kept: list[Transition] = []
    for transition in entity.transitions:
        moved = entity.fields.get(transition.field)
        if moved is None or moved.type != "enum" or transition.target not in moved.values:
            continue
        stamp = entity.fields.get(transition.stamp or "")
        entity.fields[moved.name] = moved.model_copy(update={"default": moved.default or moved.values[0], "required": False})
        fits = stamp is not None and stamp.type == "datetime"
        if stamp is not None and fits:
            entity.fields[stamp.name] = stamp.model_copy(update={"required": False})
        sources = tuple(value for value in transition.sources if value in moved.values and value != transition.target)
        kept.append(transition.model_copy(update={"sources": sources, "stamp": transition.stamp if fits else None}))
    entity.transitions = kept
    names = {transition.name for transition in kept}
    entity.pair_actions = [item for item in entity.pair_actions if not names & {item.name, item.undo}]


def _break_circles(draft: Draft) -> None:
    """A row that needs a row that needs the first could never be made: one link of the circle becomes optional."""
    while True:
        needs = {name: {item.target for item in entity.relations.values() if item.required} for name, entity in draft.entities.items()}
        makeable: set[str] = set()
        while more := {name for name, targets in needs.items() if name not in makeable and targets <= makeable}:
            makeable |= more
        stuck = [
            (relation.origin.kind == "prompt", entity.owned_via == relation.name, entity.name, relation.name)
            for entity in draft.entities.values()
            for relation in entity.relations.values()
            if relation.required and entity.name not in makeable and relation.target not in makeable
        ]
        if not stuck:
            return
        _, _, name, loosened = min(stuck)
        entity = draft.entities[name]
        entity.relations[loosened] = entity.relations[loosened].model_copy(update={"required": False, "on_delete": "set_null"})
        entity.unique_together = [group for group in entity.unique_together if loosened not in group]
