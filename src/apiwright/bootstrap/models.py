"""Planners with a language model, made from the settings."""

from importlib.util import find_spec

from pydantic import SecretStr

from apiwright.bootstrap.settings import settings_from
from apiwright.config import Settings
from apiwright.diagnostics import Diagnostic
from apiwright.errors import InputError
from apiwright.planner import Planner
from apiwright.planner.choice import model_choice


def enhanced(model: str, *, drafter: Planner) -> Planner:
    """The planner that asks a model.

    Args:
        model: `vendor:model`.
        drafter: Makes the draft that the model begins with.

    Raises:
        InputError: There is no such vendor, its key is missing, its client is not installed, or a setting cannot be used.
    """
    if find_spec("pydantic_ai") is None:
        message = "The clients of language models are not installed."
        raise InputError([Diagnostic(code="models-not-installed", message=message, hint="pip install 'apiwright[models]'")])
    from apiwright.planner.llm import Budget, EnhancedPlanner  # noqa: PLC0415 - they are now known to be there

    settings = settings_from()
    budget = Budget(
        requests=settings.model_requests,
        tokens=settings.model_tokens,
        seconds=settings.model_seconds,
        dollars=settings.model_dollars,
    )
    return EnhancedPlanner(model_choice(model, keys=keys_of(settings), url=settings.model_url), budget=budget, drafter=drafter)


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
