"""Imports of rendered modules: only what is used, in ruff's order."""

from apiwright.compiler.imports import tidy_imports


def tidied(imports: str, body: str, path: str = "app/x.py") -> list[str]:
    text = tidy_imports(path, f'"""Doc."""\n\n{imports}\n\n{body}\n')
    return [line for line in text.removesuffix(f"{body}\n").splitlines()[1:] if line]


def test_unused_names_are_dropped() -> None:
    assert tidied("from a import b, c\nimport os\nimport re\n", "c(re.x)") == ["import re", "from a import c"]


def test_names_in_texts_comments_and_attributes_do_not_count() -> None:
    body = '"""b"""\nx = "b \\" b"  # b\ny = z.b'
    assert tidied("from a import b\n", body) == []


def test_names_in_formatted_texts_count() -> None:
    assert tidied("from a import b\n", 'x = f"{b}"') == ["from a import b"]


def test_sections_and_kinds_are_in_order() -> None:
    first = "from app.a import x\nfrom sqlalchemy import (\n    func,\n    Text,\n    JSON,\n)\n"
    imports = f"{first}import datetime as dt\nfrom uuid import UUID\nfrom sqlalchemy import Date\n"
    body = "x, func, Text, JSON, dt, UUID, Date"
    assert tidied(imports, body) == [
        "import datetime as dt",
        "from uuid import UUID",
        "from sqlalchemy import JSON, Date, Text, func",
        "from app.a import x",
    ]


def test_a_package_exports_what_it_imports() -> None:
    assert tidied("from app.b import B\nfrom app.a import A\n", '__all__ = ["A", "B"]', "app/__init__.py") == [
        "from app.a import A",
        "from app.b import B",
    ]
