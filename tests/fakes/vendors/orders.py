"""Orders with rules of their own, and what a model writes for them: rightly, wrongly, and with intent."""

from typing import Any

from tests.fakes.vendors.script import Answer, Call, Reply

PROMPT = (
    "Orders with lines: each line has a quantity and a price. The total of an order is the sum of its lines minus the discount. "
    "A discount is at most 50. The lines of an order can be cleared all at once."
)
OUTLINE: dict[str, Any] = {
    "name": "orders",
    "title": "Orders",
    "entities": [{"name": name, "purpose": "As the prompt says.", "ready": False} for name in ("Order", "OrderLine")],
}
ENTITIES: dict[str, dict[str, Any]] = {
    "Order": {
        "name": "Order",
        "fields": [
            {"name": "note", "type": "string", "max_length": 200},
            {"name": "discount", "type": "decimal", "required": True, "min": 0, "default": "0.00"},
        ],
        "computed": [{"name": "total", "type": "decimal", "description": "The sum of the lines minus the discount."}],
        "hooks": [{"name": "limit_discount", "moment": "before", "operation": "create", "description": "A discount is at most 50."}],
        "endpoints": [
            {
                "name": "clear",
                "access": ["public"],
                "answer": [{"name": "removed", "type": "integer", "required": True}],
                "description": "Removes all lines of the order, and tells how many there were.",
            }
        ],
    },
    "OrderLine": {
        "name": "OrderLine",
        "fields": [
            {"name": "quantity", "type": "integer", "required": True, "min": 1, "default": 1},
            {"name": "price", "type": "decimal", "required": True, "min": 0},
        ],
        "relations": [{"name": "order", "target": "Order", "required": True, "on_delete": "cascade"}],
    },
}
TOTAL = {
    "module": '''"""The total of an order."""
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from app.models.base import table_of
from app.models.order_line import OrderLine
from app.schemas.order import OrderRead

async def compute(connection: AsyncConnection, rows: Sequence[OrderRead]) -> Mapping[UUID, Decimal | None]:
    """The sum of the lines minus the discount."""
    lines = table_of(OrderLine)
    query = select(lines.c.order_id, func.sum(lines.c.quantity * lines.c.price)).where(lines.c.order_id.in_([row.id for row in rows]))
    sums = {order: Decimal(str(total)) for order, total in (await connection.execute(query.group_by(lines.c.order_id))).all()}
    return {row.id: sums.get(row.id, Decimal(0)) - row.discount for row in rows}
''',
    "test": '''"""The total of an order."""
from decimal import Decimal
from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession
from tests.factories import create_order, create_order_line

async def test_the_total_is_the_sum_of_the_lines_minus_the_discount(client: AsyncClient, session: AsyncSession) -> None:
    order = await create_order(session, discount=Decimal("2.50"))
    await create_order_line(session, order_id=order.id, quantity=2, price=Decimal("10.00"))
    await create_order_line(session, order_id=order.id, quantity=1, price=Decimal("5.00"))
    answer = await client.get(f"/orders/{order.id}")
    assert Decimal(answer.json()["total"]) == Decimal("22.50")
''',
}
WRONG_TOTAL = {**TOTAL, "module": TOTAL["module"].replace(" - row.discount", "")}
LIMIT = {
    "module": '''"""A discount has a limit."""
from app.core.errors import InvalidError
from app.extensions import Context
from app.schemas.order import OrderCreate

async def run(context: Context, payload: OrderCreate) -> None:
    """Refuse a discount beyond 50."""
    if payload.discount > 50:
        raise InvalidError("discount", "A discount is at most 50.")
''',
    "test": '''"""A discount has a limit."""
import pytest
from httpx import AsyncClient

@pytest.mark.parametrize(("discount", "status"), [("50.00", 201), ("50.01", 422)])
async def test_a_discount_is_at_most_fifty(client: AsyncClient, discount: str, status: int) -> None:
    answer = await client.post("/orders", json={"discount": discount})
    assert answer.status_code == status
''',
}
CLEAR = {
    "module": '''"""All lines at once."""
from sqlalchemy import delete
from app.extensions import Context
from app.models.base import table_of
from app.models.order_line import OrderLine
from app.schemas.order import OrderClearAnswer, OrderRead

async def answer(context: Context, row: OrderRead) -> OrderClearAnswer:
    """Remove the lines of the order."""
    lines = table_of(OrderLine)
    done = await context.connection.execute(delete(lines).where(lines.c.order_id == row.id))
    return OrderClearAnswer(removed=done.rowcount)
''',
    "test": '''"""All lines at once."""
from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession
from tests.factories import create_order, create_order_line

async def test_clearing_removes_every_line(client: AsyncClient, session: AsyncSession) -> None:
    order = await create_order(session)
    await create_order_line(session, order_id=order.id)
    answer = await client.post(f"/orders/{order.id}/clear")
    assert answer.json() == {"removed": 1}
''',
}
WRONG_CLEAR = {**CLEAR, "module": CLEAR["module"].replace("removed=done.rowcount", "removed=0")}
UNFIT_CLEAR = {**CLEAR, "module": CLEAR["module"].replace("row: OrderRead", "order: OrderRead")}
RIGHT = {"Order.total": TOTAL, "Order.limit_discount": LIMIT, "Order.clear": CLEAR}


def clerk(call: Call) -> Reply:
    """Answers every unit rightly."""
    if call.unit == "outline":
        return Answer(document=OUTLINE)
    return Answer(document=ENTITIES[call.unit] if call.unit in ENTITIES else RIGHT[call.unit])


def learner(call: Call) -> Reply:
    """Gets the total right at the second go."""
    return Answer(document=WRONG_TOTAL) if call.unit == "Order.total" and not call.repairs else clerk(call)


def dunce(call: Call) -> Reply:
    """Never gets the endpoint right."""
    if call.unit == "Order.clear":
        return Answer(document=UNFIT_CLEAR if call.repairs else WRONG_CLEAR)
    return clerk(call)
