"""Which language models the service offers, to whom, and with whose key. Loads no client."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any, Literal
from uuid import UUID

from apiwright.bootstrap.models import keys_of
from apiwright.config import Settings
from apiwright.errors import InputError
from apiwright.planner.choice import Vendor, model_choice, named_model
from apiwright.store import Database, Generation, ModelKey, ModelKeys, Seals
from apiwright.workflows.stages import ModelAccess, Planning

Whose = Literal["own", "service"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One model, as a user may have it.

    Attributes:
        whose: Whose key it is asked with; None where there is none.
        url: Its address; the vendor's own when None.
        absent: Why it cannot be had; empty when it can.
    """

    name: str
    vendor: Vendor
    model: str
    whose: Whose | None
    key: str | None = field(repr=False)
    url: str | None
    absent: str


class Models:
    """The models that are allowed: the configured one, which is the default, and those beside it.

    Attributes:
        default: What is asked when a request names none.
        names: All of them, the default first.
        caps: The most that one generation may use: `requests`, `tokens`, `seconds`, `dollars`.

    Raises:
        InputError: A setting names no model.
    """

    def __init__(self, settings: Settings, database: Database, seals: Seals | None) -> None:
        wanted = [name for name in (settings.model, *settings.models_allowed) if name]
        named = [named_model(name) for name in wanted]
        self._named: dict[str, tuple[Vendor, str]] = {f"{vendor}:{model}": (vendor, model) for vendor, model in named}
        self._keys = keys_of(settings)
        self._url = settings.model_url
        self._url_of = "openai-compatible" if any(vendor == "openai-compatible" for vendor, _ in named) else named[0][0] if named else None
        self._database, self._seals = database, seals
        self.names = tuple(self._named)
        self.default = self.names[0] if settings.model else None
        self.caps: Mapping[str, float | None] = {
            "requests": settings.model_requests, "tokens": settings.model_tokens,
            "seconds": settings.model_seconds, "dollars": settings.model_dollars,
        }  # fmt: skip

    async def offers(self, user_id: UUID) -> Sequence[Offer]:
        """Every model, as this user may have it."""
        async with self._database.read() as session:
            own = {key.vendor: key for key in await ModelKeys(session).of(user_id)}
        return [self._offer(name, own) for name in self.names]

    async def offer(self, user_id: UUID, name: str) -> Offer | None:
        """One of them; None when it is not allowed."""
        return next((offer for offer in await self.offers(user_id) if offer.name == name), None)

    async def planning_of(self, generation: Generation) -> Planning:
        """See `workflows.Models`. A model that is not to be had any more is handed on with the reason."""
        options = generation.options or {}
        name = options.get("model")
        if name is None:
            return {"mode": generation.mode, "model": None}
        offer = await self.offer(generation.user_id, name)
        access: ModelAccess = {
            "name": name,
            "key": offer.key if offer is not None else None,
            "url": offer.url if offer is not None else None,
            "budget": self._budget(options.get("budget") or {}),
            "spent": None,
            "absent": offer.absent if offer is not None else f"{name} is not offered any more.",
        }
        return {"mode": generation.mode, "model": access}

    def _budget(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        lower = {name: min(value, cap) for name, value in asked.items() if (cap := self.caps[name]) is not None}
        return {**self.caps, **asked, **lower}

    def _offer(self, name: str, own: Mapping[str, ModelKey]) -> Offer:
        vendor, model = self._named[name]
        key, absent = self._keys[vendor], ""
        whose: Whose | None = "service" if key is not None else None
        if (row := own.get(vendor)) is not None:
            key, whose = self._opened(row), "own"
            absent = "" if key is not None else f"Your key for {vendor} cannot be opened any more; store it again."
        url = self._url if vendor == self._url_of else None
        return Offer(
            name=name, vendor=vendor, model=model, whose=whose, key=key, url=url, absent=absent or _absence(name, vendor, key, url)
        )

    def _opened(self, row: ModelKey) -> str | None:
        return self._seals.open(row.user_id, row.vendor, row.sealed) if self._seals is not None else None


def _absence(name: str, vendor: Vendor, key: str | None, url: str | None) -> str:
    if find_spec("pydantic_ai") is None:
        return "The clients of language models are not installed: pip install 'apiwright[models]'."
    try:
        model_choice(name, keys={vendor: key}, url=url)
    except InputError as error:
        return error.diagnostics[0].message
    return ""
