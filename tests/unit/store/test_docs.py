"""The page on operating names every setting."""

from pathlib import Path

from apiwright.config import Settings

PAGE = Path(__file__).parents[3] / "docs" / "operating.md"


def test_every_setting_is_described() -> None:
    text = PAGE.read_text()
    for name, field in Settings.model_fields.items():
        variable = field.validation_alias or f"APIWRIGHT_{name.upper()}"
        assert f"| `{variable}` |" in text
        assert field.description, name
        assert field.description in text, f"the description of {name} has changed"
