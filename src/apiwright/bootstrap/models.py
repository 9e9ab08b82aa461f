"""Planners and writers with a language model, made from the settings."""

from importlib.util import find_spec
from typing import TYPE_CHECKING

from pydantic import SecretStr

from apiwright.bootstrap.settings import settings_from
from apiwright.config import Settings
from apiwright.diagnostics import Diagnostic
from apiwright.errors import InputError
from apiwright.planner import Planner
from apiwright.planner.choice import ModelChoice, model_choice
from apiwright.planner.writing import Writer

if TYPE_CHECKING:
    from apiwright.planner.llm import Budget


def enhanced(model: str, *, drafter: Planner) -> Planner:
    """The planner that asks a model.

    Args:
        model: `vendor:model`.
        drafter: Makes the draft that the model begins with.

    Raises:
        InputError: There is no such vendor, its key is missing, its client is not installed, or a setting cannot be used.
    """
    choice, budget = _chosen(model)
    from apiwright.planner.llm import EnhancedPlanner  # noqa: PLC0415 - its clients are now known to be there

    return EnhancedPlanner(choice, budget=budget, drafter=drafter)


def extension_writer(model: str) -> Writer:
    """What has the code of extensions written by a model. Arguments and errors as of `enhanced`."""
    choice, budget = _chosen(model)
    from apiwright.planner.llm import ExtensionWriter  # noqa: PLC0415 - as above

    return ExtensionWriter(choice, budget=budget)


def _chosen(model: str) -> "tuple[ModelChoice, Budget]":
    if find_spec("pydantic_ai") is None:
        message = "The clients of language models are not installed."
        raise InputError([Diagnostic(code="models-not-installed", message=message, hint="pip install 'apiwright[models]'")])
    from apiwright.planner.llm import Budget  # noqa: PLC0415 - they are now known to be there

    settings = settings_from()
    budget = Budget(
        requests=settings.model_requests,
        tokens=settings.model_tokens,
        seconds=settings.model_seconds,
        dollars=settings.model_dollars,
    )
    return model_choice(model, keys=keys_of(settings), url=settings.model_url), budget


def keys_of(settings: Settings) -> dict[str, str | None]:
    """The service's own keys."""
    return {
        "google": _text(settings.google_api_key),
        "openai": _text(settings.openai_api_key),
        "anthropic": _text(settings.anthropic_api_key),
        "openai-compatible": _text(settings.model_key),
    }


def _text(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() or None if secret is not None else None
