"""Requests about the project as a whole: accounts, roles, database, title; and what is not to be done."""

import re
from collections.abc import Set

from apiwright.blueprint import Auth, Blueprint, Entity, Field, Role
from apiwright.blueprint.base import OPERATIONS, Grant
from apiwright.blueprint.changes import (
    AddEntity,
    AddField,
    AddRole,
    AlterField,
    AlterPairAction,
    AlterTransition,
    Change,
    ChangeAccess,
    ChangeAuth,
    ChangeDatabase,
    ChangeOwner,
    DescribeProject,
    ProjectText,
    RemovePairAction,
    RemoveRole,
    RenameRole,
)
from apiwright.blueprint.model import Access
from apiwright.kit.casing import kebab
from apiwright.planner.embedded.revise_scene import Scene, SettledError, UnclearError, plain, role_name, spoken

_AUTH = (
    r"(?:user )?(?:auth|authentication|authorization|login|log-?in|logins|accounts|user accounts|registration and login|sign-?up and login)"
)


def ensure_auth(scene: Scene) -> Auth:
    """The accounts; added when there are none, with the entity User."""
    if scene.blueprint.auth is not None:
        return scene.blueprint.auth
    user = scene.blueprint.entity("User")
    login = Field(name="email", type="email", required=True, unique=True, origin=scene.origin(scene.prompt))
    if user is None:
        name = Field(name="name", type="string", max_length=200, origin=scene.origin(scene.prompt))
        access = Access(create=("authenticated",), read=("owner",), list=("owner",), update=("owner",), delete=("owner",))
        entity = Entity(
            name="User", fields=(login, name), operations=("read", "list", "update", "delete"), access=access, origin=login.origin
        )
        scene.make(AddEntity(entity=entity))
    else:
        email = user.field("email")
        if email is None:
            scene.make(AddField(entity="User", item=login))
        elif not (email.required and email.unique):
            after = email.model_copy(update={"required": True, "unique": True, "default": None})
            scene.make(AlterField(entity="User", before=email, after=after))
    auth = Auth(entity="User", login="email", origin=login.origin)
    scene.make(ChangeAuth(before=None, after=auth))
    return auth


def ensure_role(scene: Scene, words: str) -> str:
    """The role that words name, added when there is none."""
    known = scene.role(words)
    if known is not None:
        return known
    name = role_name(words)
    if any(role.name == name for role in scene.blueprint.roles):
        return name
    ensure_auth(scene)
    scene.make(AddRole(role=Role(name=name, origin=scene.origin(words))))
    return name


def _add_auth(_match: re.Match[str], scene: Scene) -> bool:
    if scene.blueprint.auth is not None:
        raise UnclearError("There are accounts already.")
    ensure_auth(scene)
    return True


def _remove_auth(_match: re.Match[str], scene: Scene) -> bool:
    auth = scene.blueprint.auth
    if auth is None:
        raise UnclearError("There are no accounts.")
    for entity in scene.blueprint.entities:
        scene.make(*(RemovePairAction(entity=entity.name, item=item) for item in entity.pair_actions))
        if entity.owned_via is not None:
            scene.make(ChangeOwner(entity=entity.name, before=entity.owned_via, after=None))
        _open(scene, entity)
    scene.make(*(RemoveRole(role=role) for role in scene.blueprint.roles), ChangeAuth(before=auth, after=None))
    return True


def _open(scene: Scene, entity: Entity) -> None:
    """Every grant that needs an account becomes `public`; what nobody may, nobody may."""
    for operation in OPERATIONS:
        grants = entity.access.of(operation)
        if grants and grants != ("public",):
            origin = scene.origin(scene.prompt)
            scene.make(ChangeAccess(entity=entity.name, operation=operation, before=grants, after=("public",), origin=origin))
    for move in entity.transitions:
        if move.access not in {(), ("public",)}:
            scene.make(AlterTransition(entity=entity.name, before=move, after=move.model_copy(update={"access": ("public",)})))


def _registration(match: re.Match[str], scene: Scene) -> bool:
    auth = ensure_auth(scene)
    closed = bool(re.match(r"(?:close|disable|no|remove|nobody|forbid|turn off)", match[0], re.IGNORECASE))
    if auth.registration == closed:
        scene.make(ChangeAuth(before=auth, after=auth.model_copy(update={"registration": not closed})))
    return True


def _login_with(match: re.Match[str], scene: Scene) -> bool:
    auth = ensure_auth(scene)
    entity = scene.blueprint.entity(auth.entity)
    if entity is None:
        return False
    _, field = scene.field(match["field"], entity)
    if not (field.required and field.unique):
        after = field.model_copy(update={"required": True, "unique": True, "default": None})
        scene.make(AlterField(entity=entity.name, before=field, after=after))
    scene.make(ChangeAuth(before=auth, after=auth.model_copy(update={"login": field.name})))
    return True


def _database(match: re.Match[str], scene: Scene) -> bool:
    after = "sqlite" if "sqlite" in match["name"].lower() else "postgresql"
    if scene.blueprint.database != after:
        scene.make(ChangeDatabase(before=scene.blueprint.database, after=after))
    return True


def _title(match: re.Match[str], scene: Scene) -> bool:
    if re.match(r"\w+ it ", match[0]) and scene.topic:
        return False
    title = " ".join(match["title"].strip(" \"'`.").split())[:120]
    name = kebab(title)[:60].strip("-")
    if not title or not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise UnclearError(f"{title!r} can be no title of a project.")
    before = project_text(scene.blueprint)
    scene.make(DescribeProject(before=before, after=before.model_copy(update={"title": title, "name": name})))
    return True


def project_text(blueprint: Blueprint) -> ProjectText:
    """The words of a project."""
    return ProjectText(**{name: getattr(blueprint, name) for name in ProjectText.model_fields})


def _add_role(match: re.Match[str], scene: Scene) -> bool:
    if scene.role(match["role"]) is not None:
        raise UnclearError(f"There is a role {plain(match['role'])} already.")
    ensure_role(scene, match["role"])
    return True


def _remove_roles(_: re.Match[str], scene: Scene) -> bool:
    if scene.find_entity("role") is not None or not scene.blueprint.roles:
        return False
    without_roles(scene, {role.name for role in scene.blueprint.roles})
    return True


def _remove_role(match: re.Match[str], scene: Scene) -> bool:
    name = scene.role(match["role"])
    if name is None:
        return False
    without_roles(scene, {name})
    return True


def without_roles(scene: Scene, names: Set[str]) -> None:
    """Remove roles, and every grant to them; what only they could do is left to nobody."""
    gone: set[Grant] = {f"role:{name}" for name in names}

    def left(grants: tuple[Grant, ...]) -> tuple[Grant, ...]:
        return tuple(grant for grant in grants if grant not in gone)

    changes: list[Change] = []
    for entity in scene.blueprint.entities:
        for operation in OPERATIONS:
            grants = entity.access.of(operation)
            if gone.intersection(grants):
                origin = entity.access.origin
                changes.append(ChangeAccess(entity=entity.name, operation=operation, before=grants, after=left(grants), origin=origin))
        changes += [
            AlterTransition(entity=entity.name, before=move, after=move.model_copy(update={"access": left(move.access)}))
            for move in entity.transitions
            if gone.intersection(move.access)
        ]
        changes += [
            AlterPairAction(entity=entity.name, before=pair, after=pair.model_copy(update={"access": left(pair.access)}))
            for pair in entity.pair_actions
            if gone.intersection(pair.access)
        ]
    scene.make(*changes, *(RemoveRole(role=role) for role in scene.blueprint.roles if role.name in names))


def _rename_role(match: re.Match[str], scene: Scene) -> bool:
    """A role alone; where rows are kept of such people too, they are renamed together."""
    name = scene.role(match["role"])
    both = scene.find_entity(match["role"])
    if name is None or (both is not None and plain(match["role"]) in spoken(both) and "role" not in match[0].lower().split()):
        return False
    scene.make(RenameRole(name=name, to=role_name(match["to"])))
    return True


def _is_there(match: re.Match[str], scene: Scene) -> bool:
    """`add pagination`, `add timestamps`: each project has it, and no blueprint tells it."""
    del scene
    what = match["what"].lower().replace("-", " ")
    raise SettledError(next(told for words, told in _THERE if re.fullmatch(words, what)))


def _is_listed(match: re.Match[str], scene: Scene) -> bool:
    """`sort todos by due date`: each list can be asked for so."""
    if scene.find_entity(match["entity"]) is None and not scene.members(match["entity"]):
        return False
    raise SettledError("Every list has pages, an order, filters and a search already; the caller says which")


def _undo(match: re.Match[str], scene: Scene) -> bool:
    """`undo the last change`: which version is meant, only its history knows."""
    del match, scene
    raise SettledError("An earlier version comes back by a rollback, not by a request")


def _nothing(match: re.Match[str], scene: Scene) -> bool:
    """`do not add tags`: what is not to be done is not done; it must still speak of a change."""
    del scene
    return not re.search(r"\b(?:when|if|once|unless|until|while|because|without|anyone|anybody)\b", match[0], re.IGNORECASE)


_THERE = (
    (r"(?:created|updated|creation|modification)?(?: and (?:updated|modified))? ?(?:time ?stamps?|audit fields)", "Every row has created_at and updated_at already"),
    (r"pagination|paging|sorting|filter(?:s|ing)?|search|full text search|searching", "Every list has pages, an order, filters and a search already"),
    (r"validation|error handling", "Every request is validated, and refused with a problem that names the member, already"),
    (r"(?:api )?(?:documentation|docs)|swagger|openapi|open api", "Every project describes itself at /docs and /openapi.json already"),
    (r"docker(?:file)?|docker compose|ci|migrations|logging|health ?checks?|rate limiting", "Every project has that already; its README tells where"),
)  # fmt: skip
"""What people ask for that is in each project."""
_I = re.IGNORECASE
WHOLE = (
    (re.compile(rf"(?:add|introduce|enable|support|implement|we need|i need|include)\s+(?:an? |the |some )?(?P<what>{'|'.join(words for words, _ in _THERE)})(?: (?:to|for|on) .+)?", _I), _is_there),
    (re.compile(r"make (?:the )?(?:[\w ]+? of )?(?P<entity>[\w ]+?)(?: by [\w ]+?)? (?:searchable|sortable|filterable|filtrable)(?: by .+)?", _I), _is_listed),
    (re.compile(r"(?:the |all )?(?P<entity>[\w ]+?) (?:should|must|can) be (?:sorted|ordered|listed|filtered|searched)(?: (?:by|in) .+)", _I), _is_listed),
    (re.compile(r"(?:(?:let|allow) (?:\w+|me|us)(?: to)? |(?:users|people|i|we|they) (?:can|should|may) |be able to )?(?:sort|order|filter|search|paginate)(?: for| in| through)? (?:the |all |their )?(?P<entity>[\w ]+?)(?: (?:by|for|on|with) .+)?", _I), _is_listed),
    (re.compile(r"(?:undo|revert|roll ?back|take back)\b.*", _I), _undo),
    (re.compile(rf"(?:add|introduce|we need|i need|require|use|enable|support|with)\s+(?:a |an )?{_AUTH}(?: with (?:email|e-mail|jwt|passwords?)(?: and passwords?)?)?(?: to (?:the |this )?(?:api|project|app|backend))?", _I), _add_auth),
    (re.compile(rf"(?:(?:remove|drop|delete|disable|get rid of|turn off)\s+(?:the |all )?{_AUTH}|no(?: more)? {_AUTH}(?: (?:is |are )?(?:needed|required|necessary))?|(?:we |it |the api )?(?:need|needs|require|requires) no {_AUTH}|(?:we|it) (?:do not|does not|don't|doesn't) need (?:any )?{_AUTH}(?: any ?more)?|without {_AUTH}|{_AUTH} (?:is|are) not (?:needed|required|necessary)(?: any ?more)?)", _I), _remove_auth),
    (re.compile(r"(?:close|disable|turn off|remove|forbid|open|enable|allow)\s+(?:the |public |open |self-? ?)*(?:registration|sign-?ups?)|(?:no|nobody (?:can|may)) (?:public |open )?(?:registration|sign-?ups?|register(?: themselves)?|sign up)|(?:anybody|everybody|anyone|everyone) (?:can|may) (?:register|sign up)", _I), _registration),
    (re.compile(r"(?:users|people|accounts|they|everybody|members|customers)?\s*(?:should |must |will )?(?:log ?in|login|sign in) (?:with|by|using) (?:a |an |their |the )?(?P<field>[\w ]+?)(?: instead(?: of .*)?| and (?:a )?password)?", _I), _login_with),
    (re.compile(r"(?:use|switch to|move to|change (?:the )?database to|run on|migrate to|go to|the database (?:should be|is))\s+(?:a |the )?(?P<name>postgres(?:ql)?|sqlite3?)(?: (?:as|for) (?:the |our )?database| database| instead(?: of \w+)?| by default)*", _I), _database),
    (re.compile(r"(?:call|rename|title) (?:(?:the |this )?(?:project|app|application|api|backend)|it(?= [A-Z]))(?: to)? (?P<title>.+)", _I), _title),
    (re.compile(r"(?:the )?(?:project|app|api)(?:'s)? (?:title|name) (?:should be|is|becomes) (?P<title>.+)", _I), _title),
    (re.compile(r"(?:add|introduce|create|we need) (?:a |an |the )?(?:new )?role (?:called |named |of )?(?P<role>[\w ]+?)", _I), _add_role),
    (re.compile(r"(?:add|introduce|create) (?:a |an |the )?(?:new )?(?P<role>[\w ]+?) role", _I), _add_role),
    (re.compile(r"(?:remove|drop|delete|get rid of) (?:all |the |all the )?roles", _I), _remove_roles),
    (re.compile(r"(?:remove|drop|delete|get rid of) (?:the )?(?:role )?(?P<role>[\w ]+?)(?: role)?", _I), _remove_role),
    (re.compile(r"rename (?:the )?(?:role )?(?P<role>[\w ]+?)(?: role)? to (?P<to>[\w ]+?)(?: role)?", _I), _rename_role),
    (re.compile(r"(?:do not|don't|dont|never|please do not|but not|you should not|there is no need to) (?:add|remove|delete|drop|change|touch|alter|rename|break|lose|use|introduce) .+", _I), _nothing),
)  # fmt: skip
