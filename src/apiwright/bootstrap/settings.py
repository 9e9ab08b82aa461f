"""Reads the settings of this process."""

from typing import Any

from pydantic import ValidationError

from apiwright.config import Settings
from apiwright.diagnostics import Diagnostic
from apiwright.errors import InputError


def settings_from(**given: Any) -> Settings:
    """The settings of this process: what is given here, then the environment, then `.env`.

    Raises:
        InputError: One of them cannot be used.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise InputError(
            [
                Diagnostic(
                    code="setting", where=f"APIWRIGHT_{item['loc'][0]}".upper(), message=f"{item['msg']}.", hint="See docs/operating.md."
                )
                for item in error.errors()
            ]
        ) from error
