"""Which model: `google:gemini-2.5-flash`, with its key and, where it is not the vendor's own, its address. Loads no client."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args
from urllib.parse import urlsplit

from apiwright.diagnostics import Diagnostic
from apiwright.errors import InputError

Vendor = Literal["google", "openai", "anthropic", "openai-compatible"]
VENDORS: tuple[Vendor, ...] = get_args(Vendor)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChoice:
    """A model and how to reach it.

    Attributes:
        model: Its name at the vendor.
        key: Opens the vendor's API; None where none is needed. It is not shown by `repr`.
        url: Base address of the API; the vendor's own when None.
    """

    vendor: Vendor
    model: str
    key: str | None = field(default=None, repr=False)
    url: str | None = None

    @property
    def name(self) -> str:
        """As it is chosen: `vendor:model`."""
        return f"{self.vendor}:{self.model}"


def named_model(name: str) -> tuple[Vendor, str]:
    """Vendor and model of `vendor:model`.

    Raises:
        InputError: There is no such vendor, or no model.
    """
    prefix, _, model = name.strip().partition(":")
    vendor: Vendor | None = next((item for item in VENDORS if item == prefix.strip().lower()), None)
    model = model.strip()
    if vendor is None or not model:
        message = f"{name!r} names no model."
        hint = f"Say VENDOR:MODEL, with one of the vendors {', '.join(VENDORS)}, e.g. google:gemini-2.5-flash."
        raise InputError([Diagnostic(code="model-unknown", where="APIWRIGHT_MODEL", message=message, hint=hint)])
    return vendor, model


def model_choice(name: str, *, keys: Mapping[str, str | None], url: str | None = None) -> ModelChoice:
    """The choice that a setting names.

    Args:
        name: `vendor:model`.
        keys: The key of each vendor that has one.
        url: Base address, if it is not the vendor's own.

    Raises:
        InputError: There is no such vendor, or it cannot be reached without what is missing.
    """
    vendor, model = named_model(name)
    if url is not None and urlsplit(url).scheme not in {"http", "https"}:
        message = "This is no address."
        raise InputError([Diagnostic(code="model-url", where="APIWRIGHT_MODEL_URL", message=message, hint="Begin it with https://.")])
    if vendor == "openai-compatible" and url is None:
        message = "An OpenAI-compatible server has no address of its own."
        hint = "Set it, e.g. http://localhost:11434/v1 for Ollama."
        raise InputError([Diagnostic(code="model-url", where="APIWRIGHT_MODEL_URL", message=message, hint=hint)])
    if vendor != "openai-compatible" and not keys.get(vendor):
        variable = f"{vendor.upper()}_API_KEY"
        message = f"There is no key for {vendor}."
        raise InputError([Diagnostic(code="model-key-missing", where=variable, message=message, hint=f"Set {variable}.")])
    return ModelChoice(vendor=vendor, model=model, key=keys.get(vendor), url=url)
