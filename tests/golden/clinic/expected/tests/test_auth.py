"""Registering, logging in and out, tokens, passwords."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import jwt
import pytest
from httpx import AsyncClient
from pwdlib import PasswordHash
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import EXAMPLE_SECRET, Settings
from app.core.security import ALGORITHM
from tests.factories import PASSWORD, authorization, create_staff

NEW_PASSWORD = "another horse, another battery"


async def log_in(client: AsyncClient, name: str, password: str = PASSWORD) -> dict[str, str]:
    """The tokens of an account."""
    response = await client.post("/auth/login", data={"username": name, "password": password})
    assert response.status_code == 200, response.text
    tokens: dict[str, str] = response.json()
    return tokens


def bearer(token: str) -> dict[str, str]:
    """The header that carries a token."""
    return {"Authorization": f"Bearer {token}"}


async def test_the_example_secret_is_refused_in_production(settings: Settings) -> None:
    with pytest.raises(ValueError, match="SECRET_KEY"):
        type(settings)(environment="production", secret_key=SecretStr(EXAMPLE_SECRET))


async def test_nobody_can_register(client: AsyncClient) -> None:
    response = await client.post("/auth/register", json={})

    assert response.status_code == 404


async def test_login_tells_nothing_about_who_has_an_account(
    client: AsyncClient, session: AsyncSession
) -> None:
    account = await create_staff(session)

    wrong = await client.post("/auth/login", data={"username": account.email, "password": "wrong"})
    unknown = await client.post("/auth/login", data={"username": "nobody", "password": PASSWORD})

    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json()["detail"] == unknown.json()["detail"]


async def test_login_takes_as_long_for_nobody(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []

    def verify(_: PasswordHash, password: str, hashed: str) -> bool:
        verified.append(hashed)
        return False

    monkeypatch.setattr(PasswordHash, "verify", verify)

    await client.post("/auth/login", data={"username": "nobody", "password": PASSWORD})

    assert len(verified) == 1, "it is the hash that takes time"


async def test_login_is_limited(
    client: AsyncClient, session: AsyncSession, settings: Settings
) -> None:
    account = await create_staff(session)
    for _ in range(settings.login_attempts):
        await client.post("/auth/login", data={"username": account.email, "password": "wrong"})

    response = await client.post(
        "/auth/login", data={"username": account.email, "password": PASSWORD}
    )

    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0


async def test_me(client: AsyncClient, session: AsyncSession) -> None:
    account = await create_staff(session)
    tokens = await log_in(client, account.email)

    response = await client.get("/auth/me", headers=bearer(tokens["access_token"]))

    assert response.status_code == 200
    assert response.json()["id"] == str(account.id)


async def test_me_needs_a_login(client: AsyncClient) -> None:
    response = await client.get("/auth/me")

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"


async def test_me_of_an_account_that_is_gone(client: AsyncClient, session: AsyncSession) -> None:
    account = await create_staff(session)
    await session.delete(account)
    await session.commit()

    response = await client.get("/auth/me", headers=authorization(account))

    assert response.status_code == 401


async def test_an_account_that_is_gone_changes_nothing(
    client: AsyncClient, session: AsyncSession
) -> None:
    account = await create_staff(session)
    headers = authorization(account)
    await session.delete(account)
    await session.commit()

    response = await client.post(
        "/auth/password",
        json={"current_password": PASSWORD, "new_password": NEW_PASSWORD},
        headers=headers,
    )

    assert response.status_code == 401


@pytest.mark.parametrize(
    "flaw", ["garbage", "expired", "forged", "unsigned", "without an end", "nobody's"]
)
async def test_a_token_that_is_not_valid(
    client: AsyncClient, session: AsyncSession, settings: Settings, flaw: str
) -> None:
    account = await create_staff(session)
    secret = settings.secret_key.get_secret_value()
    claims = {"sub": account.id.hex, "exp": datetime.now(UTC) + timedelta(hours=1), "role": "user"}
    tokens = {
        "garbage": "no token",
        "expired": jwt.encode(
            claims | {"exp": datetime.now(UTC) - timedelta(hours=1)}, secret, ALGORITHM
        ),
        "forged": jwt.encode(claims, "a secret that somebody else has made up", ALGORITHM),
        "unsigned": jwt.encode(claims, None, "none"),
        "without an end": jwt.encode({"sub": account.id.hex, "role": "user"}, secret, ALGORITHM),
        "nobody's": jwt.encode(claims | {"sub": uuid4().hex}, secret, ALGORITHM),
    }

    response = await client.get("/auth/me", headers=bearer(tokens[flaw]))

    assert response.status_code == 401


async def test_refresh_uses_the_token_up(client: AsyncClient, session: AsyncSession) -> None:
    account = await create_staff(session)
    first = await log_in(client, account.email)

    second = await client.post("/auth/refresh", json={"refresh_token": first["refresh_token"]})
    again = await client.post("/auth/refresh", json={"refresh_token": first["refresh_token"]})
    third = await client.post(
        "/auth/refresh", json={"refresh_token": second.json()["refresh_token"]}
    )

    assert second.status_code == 200
    assert again.status_code == 401, "a refresh token is good once"
    assert third.status_code == 401, "using one twice revokes what came from it"


async def test_refresh_with_a_token_that_was_never_issued(client: AsyncClient) -> None:
    response = await client.post("/auth/refresh", json={"refresh_token": "never issued"})

    assert response.status_code == 401


async def test_logout(client: AsyncClient, session: AsyncSession) -> None:
    account = await create_staff(session)
    tokens = await log_in(client, account.email)

    response = await client.post("/auth/logout", json={"refresh_token": tokens["refresh_token"]})
    refreshed = await client.post("/auth/refresh", json={"refresh_token": tokens["refresh_token"]})

    assert response.status_code == 204
    assert refreshed.status_code == 401


async def test_change_password(client: AsyncClient, session: AsyncSession) -> None:
    account = await create_staff(session)
    tokens = await log_in(client, account.email)
    change = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}

    response = await client.post(
        "/auth/password", json=change, headers=bearer(tokens["access_token"])
    )
    refreshed = await client.post("/auth/refresh", json={"refresh_token": tokens["refresh_token"]})

    assert response.status_code == 204, response.text
    assert refreshed.status_code == 401, "a new password ends every session"
    assert await log_in(client, account.email, NEW_PASSWORD)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"current_password": "wrong", "new_password": NEW_PASSWORD}, 403),
        ({"current_password": PASSWORD, "new_password": "short"}, 422),
        ({"current_password": PASSWORD}, 422),
    ],
)
async def test_change_password_wrongly(
    client: AsyncClient, session: AsyncSession, change: dict[str, str], status: int
) -> None:
    account = await create_staff(session)

    response = await client.post("/auth/password", json=change, headers=authorization(account))

    assert response.status_code == status


async def test_change_password_needs_a_login(client: AsyncClient) -> None:
    response = await client.post(
        "/auth/password", json={"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    )

    assert response.status_code == 401


async def test_set_role(client: AsyncClient, session: AsyncSession) -> None:
    admin = await create_staff(session, role="admin")
    account = await create_staff(session)

    response = await client.put(
        f"/staff-members/{account.id}/role", json={"role": "admin"}, headers=authorization(admin)
    )

    assert response.status_code == 200, response.text
    await session.refresh(account)
    assert account.role == "admin"


async def test_a_role_that_was_taken_away_is_gone_at_once(
    client: AsyncClient, session: AsyncSession
) -> None:
    admin = await create_staff(session, role="admin")
    headers = authorization(admin)
    admin.role = "user"
    await session.commit()

    response = await client.put(
        f"/staff-members/{admin.id}/role", json={"role": "admin"}, headers=headers
    )

    assert response.status_code == 403


async def test_set_role_that_there_is_not(client: AsyncClient, session: AsyncSession) -> None:
    admin = await create_staff(session, role="admin")

    response = await client.put(
        f"/staff-members/{admin.id}/role", json={"role": "emperor"}, headers=authorization(admin)
    )

    assert response.status_code == 422


async def test_set_role_needs_an_admin(client: AsyncClient, session: AsyncSession) -> None:
    account = await create_staff(session)

    response = await client.put(
        f"/staff-members/{account.id}/role", json={"role": "admin"}, headers=authorization(account)
    )

    assert response.status_code == 403
    await session.refresh(account)
    assert account.role == "user"
