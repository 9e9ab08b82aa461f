"""Requests about who may do what: `only admins may delete products`, `anybody can read posts`, `orders cannot be deleted`."""

import re
from collections.abc import Sequence

from apiwright.blueprint import Entity, Operation
from apiwright.blueprint.base import OPERATIONS, Grant
from apiwright.blueprint.changes import AlterPairAction, AlterTransition, Change, ChangeAccess, ChangeOperations
from apiwright.kit.casing import sentence, snake
from apiwright.kit.inflection import plural, singular
from apiwright.planner.embedded.revise_scene import Scene, UnclearError, plain
from apiwright.planner.embedded.revise_whole import ensure_auth, ensure_role

_VERBS: dict[str, tuple[Operation, ...]] = {
    "create": ("create",), "add": ("create",), "post": ("create",), "write": ("create",), "make": ("create",), "submit": ("create",),
    "place": ("create",), "open": ("create",), "publish": ("create",), "upload": ("create",),
    "read": ("read", "list"), "see": ("read", "list"), "view": ("read", "list"), "browse": ("read", "list"), "get": ("read", "list"),
    "access": ("read", "list"), "list": ("list",), "search": ("list",), "find": ("list",),
    "edit": ("update",), "update": ("update",), "change": ("update",), "modify": ("update",),
    "delete": ("delete",), "remove": ("delete",), "destroy": ("delete",),
    "manage": ("create", "update", "delete"), "administer": ("create", "update", "delete"), "use": OPERATIONS,
}  # fmt: skip
_ANYBODY = r"(?:anybody|anyone|everybody|everyone)(?: else)?|(?:all )?others|the public|visitors?|guests?|all people|people without (?:an )?account"
_LOGGED_IN = (
    r"(?:all |any )?(?:logged[ -]in|signed[ -]in|authenticated|registered) (?:users?|people|members?)|users?|members?|who is logged in"
)
_EVERYTHING = r"everything|anything|(?:all|any) (?:of it|of them|entities|resources|records|rows|data)"
_OWN = re.compile(r"(?:their|his|her|its|my|our)(?: own)? |own ", re.IGNORECASE)
_OWNER = r"(?:the |its |their |his )?(?:owners?|authors?|creators?|own users?|person who (?:created|made|wrote) (?:it|them))(?: (?:itself|himself|themselves))?"


def grant(scene: Scene, entity: str, kind: Operation, grants: tuple[Grant, ...]) -> None:
    """Set who may do one operation; nothing when it is so already. The operation is offered again where it was not."""
    now = scene.entity(entity)
    auth = scene.blueprint.auth
    signing_up = kind == "create" and auth is not None and auth.entity == entity
    if kind not in now.operations and not signing_up and grants:
        offered: tuple[Operation, ...] = tuple(item for item in OPERATIONS if item in {*now.operations, kind})
        scene.make(ChangeOperations(entity=entity, before=now.operations, after=offered))
    before = now.access.of(kind)
    if set(before) != set(grants):
        origin = scene.origin(scene.prompt)
        scene.make(ChangeAccess(entity=entity, operation=kind, before=before, after=grants, origin=origin))


def regranted(scene: Scene, entity: Entity, gone: Grant, instead: Grant) -> list[Change]:
    """The changes by which one grant takes another one's place in an entity."""
    del scene
    changes: list[Change] = []

    def swapped(grants: tuple[Grant, ...]) -> tuple[Grant, ...]:
        return tuple(dict.fromkeys(instead if item == gone else item for item in grants))

    access: list[tuple[Operation, tuple[Grant, ...]]] = [(operation, entity.access.of(operation)) for operation in OPERATIONS]
    changes += [
        ChangeAccess(entity=entity.name, operation=operation, before=grants, after=swapped(grants), origin=entity.access.origin)
        for operation, grants in access
        if gone in grants
    ]
    changes += [
        AlterTransition(entity=entity.name, before=move, after=move.model_copy(update={"access": swapped(move.access)}))
        for move in entity.transitions
        if gone in move.access
    ]
    changes += [
        AlterPairAction(entity=entity.name, before=pair, after=pair.model_copy(update={"access": swapped(pair.access)}))
        for pair in entity.pair_actions
        if gone in pair.access
    ]
    return changes


def said_grants(scene: Scene, words: str, entity: Entity | None = None) -> tuple[Grant, ...]:
    """Who is meant: `admins and editors`, `the owner or an admin`. A role that is not there is added, and with it accounts.

    Where rows of `entity` belong to their customer, `customers` are their owners.

    Raises:
        UnclearError: It can be no role.
    """
    grants: list[Grant] = []
    for part in re.split(r"\s*(?:,|\band\b|\bor\b)\s*", words.strip()):
        if not part:
            continue
        if re.fullmatch(_ANYBODY, part, re.IGNORECASE) and scene.role(part) is None and scene.find_entity(part) is None:
            grants.append("public")
        elif scene.role(part) is None and re.fullmatch(_LOGGED_IN, part, re.IGNORECASE):
            ensure_auth(scene)
            grants.append("authenticated")
        elif re.fullmatch(_OWNER, part, re.IGNORECASE) or (scene.role(part) is None and _owns(entity, part)):
            ensure_auth(scene)
            grants.append("owner")
        elif scene.role(part) is None and scene.find_entity(part) is not None:
            named = scene.entity(part)
            auth = ensure_auth(scene)
            if named.name != auth.entity:
                raise UnclearError(f"{named.name} is no role, but an entity.")
            grants.append("authenticated")
        else:
            grants.append(f"role:{ensure_role(scene, part)}")
    if not grants:
        raise UnclearError(f"{words.strip()!r} names nobody.")
    return tuple(dict.fromkeys(grants))


def _owns(entity: Entity | None, words: str) -> bool:
    return entity is not None and entity.owned_via is not None and plain(words) in {(said := sentence(entity.owned_via)), plural(said)}


def said_operations(words: str) -> tuple[Operation, ...]:
    """The operations that verbs name.

    Raises:
        UnclearError: One of them is none.
    """
    found: list[Operation] = []
    for verb in re.split(r"\s*(?:,|\band\b|\bor\b)\s*", words.strip().lower()):
        if verb and verb not in _VERBS:
            raise UnclearError(f"{verb!r} is nothing that one does with rows; say create, read, update or delete.")
        found += _VERBS[verb] if verb else ()
    return tuple(item for item in OPERATIONS if item in found)


def _may(match: re.Match[str], scene: Scene) -> bool:
    """`only admins may delete products`: these and nobody else. `editors can also edit posts`: these too."""
    operations = said_operations(match["verbs"])
    if re.fullmatch(_EVERYTHING, match["entity"], re.IGNORECASE) and scene.find_entity(match["entity"]) is None:
        done = [_permit(match, scene, entity, offered) for entity in scene.blueprint.entities if (offered := _among(operations, entity))]
        return any(done)
    own = _OWN.match(match["entity"])
    entity = _whole(scene, match["entity"][own.end() :] if own else match["entity"])
    return _permit(match, scene, entity, operations, own=own is not None)


def _whole(scene: Scene, words: str) -> Entity:
    """The entity that rights are about.

    Raises:
        UnclearError: There is no such, or it is a field of one.
    """
    name = snake(singular(plain(words)))
    if scene.find_entity(words) is None:
        for entity in scene.blueprint.entities:
            if entity.field(name) is not None or entity.field(snake(plain(words))) is not None:
                raise UnclearError(
                    f"{words.strip()!r} is a field of {entity.name}, and rights are for whole rows; say who may do what with these."
                )
    return scene.entity(words)


def _among(operations: Sequence[Operation], entity: Entity) -> list[Operation]:
    return [item for item in operations if item in entity.operations]


def _permit(match: re.Match[str], scene: Scene, entity: Entity, operations: Sequence[Operation], *, own: bool = False) -> bool:
    """With `own`, whoever it is may do it with rows of their own: the owner, and roles that might before, but not whoever is logged in."""
    grants: tuple[Grant, ...] = ("owner",) if own else said_grants(scene, match["who"], entity)
    if "owner" in grants and scene.entity(entity.name).owned_via is None and not _is_account(scene, entity.name):
        raise UnclearError(f"No {entity.name} has an owner; say through which link, or that users see only their own.")
    alone = bool(match["only"]) or "public" in grants
    for operation in operations:
        before = scene.entity(entity.name).access.of(operation)
        kept = (item for item in before if item != "public" and not (own and item == "authenticated"))
        wider = tuple(dict.fromkeys((*kept, *grants)))
        grant(scene, entity.name, operation, grants if alone or "public" in before else wider)
    return bool(operations)


def _is_account(scene: Scene, entity: str) -> bool:
    return scene.blueprint.auth is not None and scene.blueprint.auth.entity == entity


def _cannot(match: re.Match[str], scene: Scene) -> bool:
    """`products cannot be deleted`, `nobody may delete orders`."""
    entity = scene.entity(match["entity"])
    verbs = re.sub(r"\b(creat|updat|chang|remov)ed\b", r"\1e", match["verbs"].lower())
    verbs = re.sub(
        r"\b(delet)ed\b",
        r"\1e",
        re.sub(r"\b(edit|add|read|view|list|modifi)ed\b", lambda found: found[1].replace("modifi", "modify"), verbs),
    )
    operations = said_operations(verbs)
    now = scene.entity(entity.name)
    left: tuple[Operation, ...] = tuple(item for item in now.operations if item not in operations)
    if left != now.operations:
        scene.make(ChangeOperations(entity=entity.name, before=now.operations, after=left))
    return True


def _read_only(match: re.Match[str], scene: Scene) -> bool:
    entity = scene.entity(match["entity"])
    left: tuple[Operation, ...] = tuple(item for item in entity.operations if item in {"read", "list"})
    if left != entity.operations:
        scene.make(ChangeOperations(entity=entity.name, before=entity.operations, after=left))
    return True


def _not_who(match: re.Match[str], scene: Scene) -> bool:
    """`editors may not delete posts`: the grant goes; a wider one narrows to whoever else is named."""
    entity = scene.entity(match["entity"])
    if re.fullmatch(_ANYBODY + "|nobody|no one", match["who"].strip(), re.IGNORECASE):
        return False
    role = scene.role(match["who"])
    if role is None and re.fullmatch(_LOGGED_IN, match["who"].strip(), re.IGNORECASE):
        gone: Grant = "authenticated"
    elif role is None:
        raise UnclearError(f"There is no role {plain(match['who'])!r}.")
    else:
        gone = f"role:{role}"
    for operation in said_operations(match["verbs"]):
        before = scene.entity(entity.name).access.of(operation)
        if "public" in before or (gone != "authenticated" and "authenticated" in before):
            raise UnclearError(f"Whoever is logged in may {operation} a {entity.name}; say who alone may.")
        grant(scene, entity.name, operation, tuple(item for item in before if item != gone))
    return True


def _login_to(match: re.Match[str], scene: Scene) -> bool:
    """`require login to create items`: what was public is for whoever is logged in."""
    entity = scene.entity(match["entity"])
    ensure_auth(scene)
    for operation in said_operations(match["verbs"]):
        if "public" in scene.entity(entity.name).access.of(operation):
            grant(scene, entity.name, operation, ("authenticated",))
    return True


def _visible(match: re.Match[str], scene: Scene) -> bool:
    """`posts are public`, `products should be visible to everybody`, `require login for posts`."""
    everything = re.fullmatch(_EVERYTHING, match["entity"], re.IGNORECASE) and scene.find_entity(match["entity"]) is None
    for entity in scene.blueprint.entities if everything else [scene.entity(match["entity"])]:
        _opened(match, scene, entity)
    return True


def _opened(match: re.Match[str], scene: Scene, entity: Entity) -> None:
    closed = bool(re.search(r"login|log in|logged|sign|authenticat|private|not public|no longer public", match[0], re.IGNORECASE))
    if re.search(r"private", match[0], re.IGNORECASE) and entity.owned_via is not None:
        for operation in ("read", "list"):
            grant(scene, entity.name, operation, ("owner",))
        return
    if closed:
        ensure_auth(scene)
        for operation in scene.entity(entity.name).operations:
            if "public" in scene.entity(entity.name).access.of(operation):
                grant(scene, entity.name, operation, ("authenticated",))
        return
    for operation in ("read", "list"):
        grant(scene, entity.name, operation, ("public",))


_I = re.IGNORECASE
_MAY = r"(?:may|can|should be able to|should be allowed to|are allowed to|is allowed to|must be able to|get to|should)"
_ALL = "|".join(sorted(_VERBS, key=len, reverse=True))
_DO = rf"(?P<verbs>(?:{_ALL})(?:(?:\s*,\s*(?:and |or )?|\s+(?:and|or)\s+)(?:{_ALL}))*)"
_DONE = r"(?P<verbs>(?:created|added|updated|edited|changed|modified|deleted|removed|listed|read|viewed)(?:(?:\s*,\s*|\s+(?:and|or)\s+)(?:created|added|updated|edited|changed|modified|deleted|removed|listed|read|viewed))*)"
_WHAT = r"(?:the |a |an |all |any |other people's |every |each )?(?P<entity>[\w\- ]+?)(?: any ?more)?"


def _passive(match: re.Match[str], scene: Scene) -> bool:
    verbs = re.sub(r"\b(creat|updat|chang|remov|delet)ed\b", r"\1e", match["verbs"].lower())
    verbs = re.sub(r"\b(edit|add|view|list)ed\b", r"\1", verbs).replace("modified", "modify")
    active = re.compile(rf"(?P<only>only )(?P<who>.+?) may {_DO} {_WHAT}", _I).fullmatch(
        f"only {match['who']} may {verbs} {match['entity']}"
    )
    return active is not None and _may(active, scene)


ACCESS = (
    (re.compile(rf"(?:nobody|no one|none) {_MAY} {_DO} {_WHAT}", _I), _cannot),
    (re.compile(rf"(?:the |a |an |all )?(?P<entity>[\w\- ]+?) (?:can(?:not| not|'t)|may not|must not|should not|can no longer|may no longer|must never|shouldn't|mustn't|should never) be {_DONE}(?: any ?more| by anybody| by anyone)?", _I), _cannot),
    (re.compile(r"(?:make )?(?:the |all )?(?P<entity>[\w\- ]+?) (?:should be |are |is |must be |become )?read[- ]only", _I), _read_only),
    (re.compile(rf"(?:the |a |an |all )?(?P<who>[\w\- ]+?) (?:can(?:not| not|'t)|may not|must not|should not|can no longer|may no longer|are not allowed to|is not allowed to|shouldn't|mustn't|should no longer) (?:be able to )?{_DO} {_WHAT}", _I), _not_who),
    (re.compile(rf"(?P<only>only |just )(?:the |a |an )?(?P<who>[\w\-, ]+?) {_MAY} {_DO} {_WHAT}", _I), _may),
    (re.compile(rf"(?:only )?(?:let|allow|permit) (?P<only>only )?(?:the |a |an )?(?P<who>[\w\-, ]+?) (?:to )?{_DO} {_WHAT}", _I), _may),
    (re.compile(rf"(?P<only>)(?:the |a |an )?(?P<who>[\w\-, ]+?) {_MAY} (?:also )?{_DO} {_WHAT}", _I), _may),
    (re.compile(rf"(?:the |a |an |all )?(?P<entity>[\w\- ]+?) (?:can|may|should|must) (?P<only>only )?be {_DONE} (?:only )?by (?P<who>[\w\-, ]+)", _I), _passive),
    (re.compile(rf"(?:require|demand) (?:a )?(?:login|log-?in|authentication|an account) to {_DO} {_WHAT}", _I), _login_to),
    (re.compile(rf"(?:require|demand|ask for) (?:a )?(?:login|log-?in|authentication|an account) (?:for|on|to (?:see|access|use)) {_WHAT}", _I), _visible),
    (re.compile(r"(?:make )?(?:the |all )?(?P<entity>[\w\- ]+?) (?:should be |are |is |must be |become )?(?:not public|no longer public|private|public|visible to (?:everybody|everyone|anybody|anyone|all)|readable by (?:everybody|everyone|anybody|anyone)|open to (?:everybody|everyone)|visible to (?:logged[ -]in|registered) users only)", _I), _visible),
)  # fmt: skip
