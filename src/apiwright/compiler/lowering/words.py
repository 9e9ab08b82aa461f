"""Names that generated modules use themselves, and which no name of a blueprint may take there."""

import builtins
import keyword

KEYWORDS = frozenset(keyword.kwlist) | frozenset(keyword.softkwlist)

# Attributes of pydantic's BaseModel that are public and not yet under `model_`.
_PYDANTIC = frozenset({
    "construct", "copy", "dict", "from_orm", "json", "parse_file", "parse_obj", "parse_raw", "schema", "schema_json",
    "update_forward_refs", "validate", "filters",
})  # fmt: skip
_SQLALCHEMY = frozenset({"metadata", "registry"})
# What class bodies of models and schemas refer to after their first member.
_IN_CLASS_BODIES = frozenset({
    "dt", "str", "int", "float", "bool", "list", "dict", "unchanged", "utc_now", "mapped_column", "column", "func", "conv",
    "literal_column",
})  # fmt: skip
_CONSTRUCTORS = frozenset({"self"})
# What linters refuse as a name, for it reads like a number.
_AMBIGUOUS = frozenset({"l", "I", "O"})

ATTRIBUTES = KEYWORDS | _PYDANTIC | _SQLALCHEMY | _IN_CLASS_BODIES | _CONSTRUCTORS | _AMBIGUOUS
"""Names that an attribute may not have; `model_` as a beginning is refused as well."""

MODULES = KEYWORDS | frozenset({"base", "refresh_token", "auth", "health"})
"""Names that a module of an entity may not have."""

LOCALS = KEYWORDS | _AMBIGUOUS | frozenset(dir(builtins)) | frozenset({
    "add", "and_", "anyio", "app", "argparse", "asyncio", "bearer", "caller", "column", "connection", "conv", "delete", "dt", "exists",
    "false", "func", "health", "auth", "insert", "json", "jwt", "literal", "literal_column", "mapped_column", "null", "or_", "passwords",
    "payload", "problems", "pytest", "query", "re", "router", "row_id", "select", "table_of", "text", "tokens", "true", "unchanged",
    "update", "uuid", "utc_now", "values",
})  # fmt: skip
"""Names that a variable of a module may not have."""

CLASSES = _AMBIGUOUS | frozenset(name for name in dir(builtins) if name[0].isupper()) | frozenset({
    "Annotated", "Any", "Answer", "APIRouter", "AfterValidator", "AsyncConnection", "AttemptLimiter", "Base", "BaseModel", "BigInteger",
    "Boolean", "Callable", "CheckConstraint", "Column", "ColumnElement", "CommaSeparated", "ConflictError", "CurrentUser", "Database",
    "Date", "DateTime", "Decimal", "Depends", "Double", "Email", "ExactDecimal", "Executable", "Field", "Float", "ForbiddenError",
    "ForeignKey", "Generic", "Health", "Index", "Integer", "InvalidError", "JSON", "Json", "JsonValue", "Link", "ListQuery", "Literal",
    "LoginAttempts", "Mapped", "Mapping", "Moment", "NotFoundError", "Number", "OAuth2PasswordRequestForm", "Page", "Password",
    "PasswordChange", "PasswordHashing", "Passwords", "PatternText", "Payload", "Principal", "QueryBoolean", "QueryFloat", "QueryInteger",
    "QueryString", "Reader", "RefreshRequest", "RefreshToken", "RefreshTokenRepository", "Repository", "Request", "RequireRole", "Role",
    "RoleGrant", "Row", "Secret", "Select", "Sequence", "Settings", "Slug", "String", "Table", "Target", "Text", "Time", "TimeOfDay",
    "TokenIssuing", "TokenPair", "Tokens", "UnauthorizedError", "UniqueConstraint", "Url", "UtcDateTime", "Uuid", "UUID", "WideDecimal",
    "Writer",
})  # fmt: skip
"""Names that a class of an entity may not have."""

EXTENSION_CLASSES = frozenset({"Context", "NotWrittenError"})
"""More of them, in projects with extensions."""

UNQUOTED = frozenset({"nothing", "returning"})
"""Words of SQLite that SQLAlchemy does not quote."""

# Methods of SQLAlchemy's column collections, which `table.c.name` would find first.
COLLECTION_METHODS = frozenset({
    "add", "as_readonly", "clear", "compare", "contains_column", "corresponding_column", "extend", "get", "items", "keys", "remove",
    "update", "values",
})  # fmt: skip
