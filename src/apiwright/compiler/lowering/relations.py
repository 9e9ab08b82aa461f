"""Blueprint relation -> RelationModel: a key column, or a table of pairs."""

from msgspec import Struct

from apiwright.blueprint import Entity, Relation
from apiwright.compiler.lowering.access import exempt_roles
from apiwright.compiler.lowering.context import Context
from apiwright.compiler.lowering.fields import IndexSource, create_line, filter_of, index_of, read_line, update_line
from apiwright.compiler.lowering.naming import ConstraintNames, EntityNames, attribute, fitting, free_name
from apiwright.compiler.project_model import EntityRef, RelationModel
from apiwright.compiler.python_source import Code, identifier, join, literal, source
from apiwright.kit.casing import snake
from apiwright.kit.inflection import singular

RULES = {"cascade": "CASCADE", "restrict": "RESTRICT", "set_null": "SET NULL"}


class ForeignKeySource(Struct, frozen=True):
    """A foreign key as the migration makes it: within its table, or afterwards where it closes a circle."""

    column: str
    inline: Code
    later: Code
    drop: Code


class LoweredRelation(Struct, frozen=True):
    """A relation, and what its table needs of it. Many-to-many relations have a table of their own."""

    model: RelationModel
    migration: Code | None
    foreign_key: ForeignKeySource | None
    index: IndexSource | None
    pairs: "PairTable | None"


class PairTable(Struct, frozen=True):
    """The table of a many-to-many relation, for the migration."""

    name: str
    arguments: tuple[Code, ...]
    index: Code


def reference(names: EntityNames, name: str) -> EntityRef:
    """An entity as others refer to it."""
    return EntityRef(
        name=name,
        model=names.model,
        repository=names.schema("Repository"),
        module=names.module,
        table=names.table,
        table_variable=names.table_variable,
        label=names.label,
        labels=names.labels,
    )


def lower_relation(context: Context, entity: Entity, relation: Relation) -> LoweredRelation:
    """Resolve one relation of an entity."""
    return _many(context, entity, relation) if relation.kind == "many_to_many" else _single(context, entity, relation)


def _single(context: Context, entity: Entity, relation: Relation) -> LoweredRelation:
    blueprint, constraints = context.blueprint, context.constraints
    own, target = context.names[entity.name], context.names[relation.target]
    key = f"{relation.name}_id"
    unique = relation.kind == "one_to_one"
    owner = entity.owned_via == relation.name and context.is_account(relation.target)
    foreign_key, usual = _foreign_key(own, target, relation, key, constraints)
    index = index_of(own, key, constraints, unique=unique)
    call = _foreign_key_call(target, relation, None if usual else foreign_key[0], circular=(entity.name, relation.name) in context.later)
    arguments = [call] if index.argument is None else [call, index.argument]
    if attribute(key) != key:
        arguments.insert(0, literal(key))
    nullable = not relation.required
    operators = ("eq", "in", "isnull") if nullable else ("eq", "in")
    model = RelationModel(
        relation=relation,
        name=relation.name,
        target=reference(target, relation.target),
        key=key,
        key_literal=literal(key),
        attribute=attribute(key),
        many=False,
        unique=unique,
        nullable=nullable,
        owner=owner,
        writable=not owner,
        needed=relation.required and not owner,
        checked=not owner and exempt_roles(blueprint, entity, relation) is not None,
        mapped=Code("Mapped[UUID | None]" if nullable else "Mapped[UUID]"),
        column=source("mapped_column(<arguments>)", arguments=join(arguments)),
        create=create_line(Code("UUID"), key, None, nullable=nullable),
        update=update_line(Code("UUID"), key, nullable=nullable),
        read=read_line(Code("UUID"), key, nullable=nullable),
        alias=attribute(key) != key,
        link_table="",
        link_table_literal=Code(""),
        link_variable=Code(""),
        link_columns=(),
        source_column="",
        target_column="",
        source_literal=Code(""),
        target_literal=Code(""),
        filters=tuple(filter_of(key, operator, Code("UUID")) for operator in operators),
    )
    null = Code("") if nullable else Code(", nullable=False")
    migration = source("sa.Column(<key>, sa.Uuid()<null>)", key=literal(key), null=null)
    source_code = ForeignKeySource(key, *foreign_key[1:])
    return LoweredRelation(model, migration, source_code, index, None)


def _foreign_key(
    own: EntityNames, target: EntityNames, relation: Relation, key: str, constraints: ConstraintNames
) -> tuple[tuple[Code, Code, Code, Code], bool]:
    name, usual = constraints.claim("fk", own.table, [key])
    parts = {
        "name": literal(name),
        "table": literal(own.table),
        "target": literal(target.table),
        "column": literal(key),
        "key": literal(f"{target.table}.id"),
        "rule": literal(RULES[relation.on_delete]),
    }
    inline = source("sa.ForeignKeyConstraint([<column>], [<key>], name=op.f(<name>), ondelete=<rule>)", **parts)
    later = source('op.create_foreign_key(op.f(<name>), <table>, <target>, [<column>], ["id"], ondelete=<rule>)', **parts)
    drop = source('op.drop_constraint(op.f(<name>), <table>, type_="foreignkey")', **parts)
    return (parts["name"], inline, later, drop), usual


def _foreign_key_call(target: EntityNames, relation: Relation, name: Code | None, *, circular: bool) -> Code:
    arguments = [literal(f"{target.table}.id")]
    if name is not None:
        arguments.append(source("name=<name>", name=name))
    arguments.append(source("ondelete=<rule>", rule=literal(RULES[relation.on_delete])))
    if circular:
        arguments.append(Code("use_alter=True"))
    return source("ForeignKey(<arguments>)", arguments=join(arguments))


def _many(context: Context, entity: Entity, relation: Relation) -> LoweredRelation:
    blueprint, constraints = context.blueprint, context.constraints
    own, target = context.names[entity.name], context.names[relation.target]
    one = singular(relation.name)
    key = f"{one}_ids"
    table = free_name(fitting(f"{snake(entity.name)}_{relation.name}", 48), context.tables, "_links")
    columns = (f"{snake(entity.name)}_id", f"{one}_id")
    if columns[0] == columns[1]:
        columns = (columns[0], f"other_{one}_id")
    link_columns: list[Code] = []
    migration: list[Code] = []
    keys: list[Code] = []
    for column, end in ((columns[0], own), (columns[1], target)):
        name, usual = constraints.claim("fk", table, [column])
        named = Code("") if usual else source(", name=<name>", name=literal(name))
        indexed = Code(", index=True") if column == columns[1] else Code("")
        parts = {"column": literal(column), "key": literal(f"{end.table}.id"), "name": literal(name)}
        call = 'Column(<column>, ForeignKey(<key><named>, ondelete="CASCADE"), primary_key=True<indexed>)'
        link_columns.append(source(call, named=named, indexed=indexed, **parts))
        migration.append(source("sa.Column(<column>, sa.Uuid(), nullable=False)", column=parts["column"]))
        keys.append(source('sa.ForeignKeyConstraint([<column>], [<key>], name=op.f(<name>), ondelete="CASCADE")', **parts))
    name, usual = constraints.claim("ix", table, [columns[1]])
    if not usual:
        link_columns[1] = Code(link_columns[1].replace(", index=True", ""))
        link_columns.append(source("Index(<name>, <column>)", name=literal(name), column=literal(columns[1])))
    made = source(
        "op.create_index(op.f(<name>), <table>, [<column>])",
        name=literal(name),
        table=literal(table),
        column=literal(columns[1]),
    )
    primary = source(
        "sa.PrimaryKeyConstraint(<a>, <b>, name=op.f(<name>))",
        a=literal(columns[0]),
        b=literal(columns[1]),
        name=literal(f"pk_{table}"),
    )
    least = Code("min_length=1, ") if relation.required else Code("")
    ids = source("Annotated[list[UUID], Field(<least>max_length=1000)]", least=least)
    model = RelationModel(
        relation=relation,
        name=relation.name,
        target=reference(target, relation.target),
        key=key,
        key_literal=literal(key),
        attribute=attribute(key),
        many=True,
        unique=False,
        nullable=False,
        owner=False,
        writable=True,
        needed=relation.required,
        checked=exempt_roles(blueprint, entity, relation) is not None,
        mapped=Code(""),
        column=Code(""),
        create=create_line(ids, key, None if relation.required else Code("[]"), nullable=False),
        update=update_line(ids, key, nullable=False),
        read=read_line(Code("list[UUID]"), key, nullable=False),
        alias=False,
        link_table=table,
        link_table_literal=literal(table),
        link_variable=identifier(table),
        link_columns=tuple(link_columns),
        source_column=columns[0],
        target_column=columns[1],
        source_literal=literal(columns[0]),
        target_literal=literal(columns[1]),
        filters=(filter_of(key, "links", Code("UUID")),),
    )
    pairs = PairTable(table, (*migration, *keys, primary), made)
    return LoweredRelation(model, None, None, None, pairs)
