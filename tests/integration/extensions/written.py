"""What a person would write for the extensions of `blueprint.yaml`, and for their tests, by path."""

WRITTEN = {
    "app/extensions/order/total.py": '''"""Order.total: The sum of the lines minus the discount."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from app.models.base import table_of
from app.models.order_line import OrderLine
from app.schemas.order import OrderRead


async def compute(
    connection: AsyncConnection, rows: Sequence[OrderRead]
) -> Mapping[UUID, Decimal | None]:
    """The total of each of these orders, by its id."""
    lines = table_of(OrderLine)
    statement = select(lines.c.order_id, lines.c.quantity, lines.c.price)
    totals = {row.id: -row.discount for row in rows}
    for order_id, quantity, price in await connection.execute(
        statement.where(lines.c.order_id.in_(totals))
    ):
        totals[order_id] += quantity * price
    return totals
''',
    "tests/extensions/order/test_total.py": '''"""Order.total: The sum of the lines minus the discount."""

from decimal import Decimal

from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession

from tests.factories import authorization, create_order, create_order_line, create_user


async def test_total(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    order = await create_order(session, owner=caller, discount=Decimal("5.00"))
    await create_order_line(session, order_id=order.id, quantity=2, price=Decimal("7.50"))
    await create_order_line(session, order_id=order.id, quantity=1, price=Decimal("1.25"))
    await create_order_line(session)

    response = await client.get("/orders", headers=authorization(caller))

    assert [item["total"] for item in response.json()["items"]] == ["11.25"]
''',
    "app/extensions/order/limit_discount.py": '''"""Order.limit_discount: A discount is at most 50."""

from app.core.errors import InvalidError
from app.extensions import Context
from app.schemas.order import OrderCreate


async def run(context: Context, payload: OrderCreate) -> None:
    """Runs before this order is stored; it may change what is to be stored, or refuse."""
    if payload.discount > 50:
        raise InvalidError("discount", "A discount is at most 50.")
''',
    "tests/extensions/order/test_limit_discount.py": '''"""Order.limit_discount: A discount is at most 50."""

import pytest
from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession

from tests.factories import authorization, create_user


@pytest.mark.parametrize(("discount", "status"), [("50.00", 201), ("50.01", 422)])
async def test_limit_discount(
    client: AsyncClient, session: AsyncSession, discount: str, status: int
) -> None:
    caller = await create_user(session)

    response = await client.post(
        "/orders", json={"discount": discount}, headers=authorization(caller)
    )

    assert response.status_code == status, response.text
''',
    "app/extensions/order/duplicate.py": '''"""Order.duplicate: A new order of the same user with the same lines."""

from uuid import uuid4

from sqlalchemy import insert, select

from app.extensions import Context
from app.models.base import table_of
from app.models.order import Order
from app.models.order_line import OrderLine
from app.schemas.order import OrderDuplicateAnswer, OrderDuplicateRequest, OrderRead


async def answer(
    context: Context, row: OrderRead, payload: OrderDuplicateRequest
) -> OrderDuplicateAnswer:
    """What POST /orders/{order_id}/duplicate answers."""
    lines = table_of(OrderLine)
    for _ in range(payload.copies):
        order = {"id": uuid4(), "user_id": row.user_id, "discount": row.discount}
        await context.connection.execute(insert(table_of(Order)).values(order))
        statement = select(lines.c.quantity, lines.c.price).where(lines.c.order_id == row.id)
        for quantity, price in (await context.connection.execute(statement)).all():
            copied = {"quantity": quantity, "price": price, "order_id": order["id"]}
            await context.connection.execute(insert(lines).values(copied))
    return OrderDuplicateAnswer(made=payload.copies)
''',
    "tests/extensions/order/test_duplicate.py": '''"""Order.duplicate: A new order of the same user with the same lines."""

from decimal import Decimal

from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession

from tests.factories import authorization, create_order, create_order_line, create_user


async def test_duplicate(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    order = await create_order(session, owner=caller, discount=Decimal("1.00"))
    await create_order_line(session, order_id=order.id, quantity=3, price=Decimal("2.00"))

    response = await client.post(
        f"/orders/{order.id}/duplicate", json={"copies": 2}, headers=authorization(caller)
    )

    assert response.json() == {"made": 2}
    listed = await client.get("/orders", headers=authorization(caller))
    assert [item["total"] for item in listed.json()["items"]] == ["5.00"] * 3
''',
    "app/extensions/order/saved.py": '''"""Order.saved: What all discounts of the caller come to."""

from decimal import Decimal

from sqlalchemy import ColumnElement, func, select

from app.extensions import Context
from app.models.base import table_of
from app.models.order import Order
from app.schemas.order import OrderSavedAnswer


async def answer(context: Context, reach: ColumnElement[bool]) -> OrderSavedAnswer:
    """What GET /orders/saved answers."""
    statement = select(func.sum(table_of(Order).c.discount)).where(reach)
    return OrderSavedAnswer(discounts=await context.connection.scalar(statement) or Decimal(0))
''',
    "tests/extensions/order/test_saved.py": '''"""Order.saved: What all discounts of the caller come to."""

from decimal import Decimal

from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession

from tests.factories import authorization, create_order, create_user


async def test_saved(client: AsyncClient, session: AsyncSession) -> None:
    caller = await create_user(session)
    for discount in ("5.00", "2.50"):
        await create_order(session, owner=caller, discount=Decimal(discount))
    await create_order(session, discount=Decimal("9.00"))

    response = await client.get("/orders/saved", headers=authorization(caller))

    assert response.json() == {"discounts": "7.50"}
''',
}  # fmt: skip
