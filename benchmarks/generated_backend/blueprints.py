"""The blueprints that are measured: a todo list without and with accounts, of the same columns as the twins'."""

from apiwright.blueprint import Access, Auth, Blueprint, Entity, Field, Relation

FIELDS = (
    Field(name="title", type="string", required=True, min_length=1, max_length=200),
    Field(name="description", type="text"),
    Field(name="status", type="enum", required=True, default="open", values=("open", "in_progress", "done")),
    Field(name="priority", type="integer", default=3, min=1, max=5),
    Field(name="due_date", type="date"),
)


def without_auth() -> Blueprint:
    """Todos that everybody may do everything with."""
    return Blueprint(name="todo-list", title="Todo List", database="postgresql", entities=(Entity(name="Todo", fields=FIELDS),))


def with_auth() -> Blueprint:
    """Todos that only their owner sees."""
    own = Access(create=("authenticated",), read=("owner",), list=("owner",), update=("owner",), delete=("owner",))
    owner = Relation(name="owner", target="User", required=True, on_delete="cascade")
    user = Entity(
        name="User",
        fields=(Field(name="email", type="email", required=True, unique=True),),
        operations=("read",),
        access=Access(read=("owner",)),
    )
    todo = Entity(name="Todo", fields=FIELDS, relations=(owner,), owned_via="owner", access=own)
    return Blueprint(name="todo-list", title="Todo List", database="postgresql", entities=(user, todo), auth=Auth())
