"""What a model may not even have tried."""

import pytest
from tests.fakes.vendors.orders import ENTITIES, OUTLINE, RIGHT, TOTAL

from apiwright.blueprint import parse
from apiwright.compiler import extension_points
from apiwright.pipeline.inspection import LARGEST, objections
from apiwright.planner.writing import Draft

POINTS = {f"{point.entity}.{point.name}": point for point in extension_points(parse({**OUTLINE, "entities": list(ENTITIES.values())}))}
MODULE, TEST = TOTAL["module"], TOTAL["test"]
BODY = '    """The sum of the lines minus the discount."""\n'


@pytest.mark.parametrize("name", RIGHT)
def test_right_answers_are_let_through(name: str) -> None:
    assert objections(Draft(RIGHT[name]["module"], RIGHT[name]["test"]), POINTS[name]) == ()


@pytest.mark.parametrize(
    ("module", "test", "code"),
    [
        (MODULE + "#" * LARGEST, TEST, "source-too-long"),
        (MODULE + "(" * 500, TEST, "source-unreadable"),
        (MODULE + "\0", TEST, "source-unreadable"),
        (MODULE + "\ud800", TEST, "source-unreadable"),
        (MODULE.replace("rows: Sequence[OrderRead]", "rows: Any"), TEST, "source-signature"),
        (MODULE.replace("async def compute", "def compute"), TEST, "source-signature"),
        (MODULE + MODULE.partition("import OrderRead\n")[2], TEST, "source-signature"),
        (MODULE + "print(1)\n", TEST, "source-work"),
        (MODULE + "import os\n", TEST, "source-reach"),
        (MODULE + "from os import path\n", TEST, "source-reach"),
        (MODULE + "from . import total\n", TEST, "source-reach"),
        (MODULE + "from app.core.config import Settings\n", TEST, "source-reach"),
        (MODULE + "from sqlalchemy import create_engine\n", TEST, "source-reach"),
        (MODULE + "from dataclasses import sys\n", TEST, "source-reach"),
        (MODULE + "from collections import *\n", TEST, "source-reach"),
        (MODULE.replace(BODY, BODY + "    open('/etc/passwd')\n"), TEST, "source-reach"),
        (MODULE.replace(BODY, BODY + "    ().__class__\n"), TEST, "source-reach"),
        (MODULE.replace(BODY, BODY + "    __builtins__\n"), TEST, "source-reach"),
        (MODULE.replace(BODY, BODY + "    await connection.commit()\n"), TEST, "source-reach"),
        (MODULE, "import socket\n" + TEST, "source-reach"),
        (MODULE, TEST.replace("async def test_", "async def check_"), "test-missing"),
        (MODULE, TEST.replace("assert Decimal(", "Decimal("), "test-empty"),
        (MODULE, TEST.partition("    assert")[0] + "    assert True\n", "test-empty"),
        (MODULE, "import pytest\n" + TEST.replace("async def test", "@pytest.mark.skip\nasync def test"), "test-skipped"),
    ],
)  # fmt: skip
def test_others_are_sent_back(module: str, test: str, code: str) -> None:
    assert code in {item.code for item in objections(Draft(module, test), POINTS["Order.total"])}
