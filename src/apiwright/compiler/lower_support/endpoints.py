"""Every endpoint of a project, as its README lists them."""

from collections.abc import Iterator

from apiwright.compiler.markup import markdown
from apiwright.compiler.project_model import AuthModel, EntityModel, Guard, ProjectModel
from apiwright.compiler.python_source import Code
from apiwright.compiler.support_model import Endpoint, EndpointGroup

_METHODS = {"create": "POST", "list": "GET", "read": "GET", "update": "PATCH", "delete": "DELETE"}


def groups_of(project: ProjectModel) -> tuple[EndpointGroup, ...]:
    """The endpoints of each entity that has some, accounts and health last."""
    groups = [
        EndpointGroup(heading=Code(entity.labels[:1].upper() + entity.labels[1:]), text=markdown(entity.description), endpoints=rows)
        for entity in project.entities
        if (rows := tuple(_of(project, entity)))
    ]
    if project.auth:
        groups.append(EndpointGroup(heading=Code("Accounts"), text=Code(""), endpoints=tuple(_auth(project.auth))))
    health = (
        _row("GET", "/health/live", "anybody", "The process answers."),
        _row("GET", "/health/ready", "anybody", "The database answers too."),
    )
    return (*groups, EndpointGroup(heading=Code("Health"), text=Code(""), endpoints=health))


def _of(project: ProjectModel, entity: EntityModel) -> Iterator[Endpoint]:
    row = f"{entity.path}/{{{entity.parameter}}}"
    texts = {
        "create": f"Create {entity.one}.",
        "list": f"List {entity.labels}.",
        "read": f"Get {entity.one}.",
        "update": f"Update {entity.one}; omitted members keep their values.",
        "delete": f"Delete {entity.one}.",
    }
    for item in entity.operations:
        path = entity.path if item.kind in {"create", "list"} else row
        yield _row(_METHODS[item.kind], path, _who(item.guard), texts[item.kind])
    for item in entity.transitions:
        sources = " or ".join(markdown(value) for value in item.sources[:6])
        what = f"Move {item.field.name.replace('_', ' ')} from {sources} to {markdown(item.transition.target)}."
        yield _row("POST", f"{row}/{item.path}", _who(item.guard), what)
    for item in entity.pair_actions:
        yield _row(
            "POST", f"{row}/{item.path}", _who(item.guard), f"{item.path.capitalize()} {entity.one}; doing it again changes nothing."
        )
        yield _row("POST", f"{row}/{item.undo_path}", _who(item.guard), "Take that back.")
    for item in entity.endpoints:
        path = f"{row if item.row else entity.path}/{item.path}"
        what = markdown(item.extension.description) or f"{item.path.replace('-', ' ').capitalize()}."
        who = _who(item.guard).replace("the owner", "any account, for its own") if item.reach else _who(item.guard)
        yield _row("GET" if item.reads else "POST", path, who, what)
    if entity.account and project.auth and project.auth.admin_route:
        yield _row("PUT", f"{row}/role", "role admin", "Give an account a role.")


def _auth(auth: AuthModel) -> Iterator[Endpoint]:
    if auth.registration:
        yield _row("POST", "/auth/register", "anybody", "Make an account.")
    yield _row(
        "POST", "/auth/login", "anybody", f"Exchange {auth.login.name.replace('_', ' ')} and password for an access and a refresh token."
    )
    yield _row("POST", "/auth/refresh", "anybody", "Exchange a refresh token, which is used up, for new tokens.")
    yield _row("POST", "/auth/logout", "anybody", "Revoke a refresh token and all that came from the same login.")
    yield _row("GET", "/auth/me", "any account", "The caller's own account.")
    yield _row("POST", "/auth/password", "any account", "Change the password, which revokes every refresh token.")


def _who(guard: Guard) -> str:
    if guard.public:
        return "anybody"
    if guard.everybody:
        return "any account"
    roles = [f"role {role.replace('_', ' ')}" for role in guard.roles]
    return ", ".join([*(["the owner"] if guard.owner else []), *roles])


def _row(method: str, path: str, who: str, what: str) -> Endpoint:
    return Endpoint(method=Code(method), path=Code(path), who=Code(who), what=Code(what))
