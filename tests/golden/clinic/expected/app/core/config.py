"""Settings, read from the environment and from `.env`."""

from typing import Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

EXAMPLE_SECRET = "change-me-this-is-only-an-example-secret"


class Settings(BaseSettings):
    """Everything that differs between a laptop, the tests and production."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    environment: Literal["development", "test", "production"] = "development"
    database_url: str = "sqlite+aiosqlite:///./app.db"
    database_pool_size: int = Field(default=20, ge=1)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    max_body_bytes: int = Field(default=2_000_000, ge=1)
    secret_key: SecretStr = Field(default=SecretStr(EXAMPLE_SECRET), min_length=32)
    access_token_minutes: int = Field(default=15, ge=1)
    refresh_token_days: int = Field(default=30, ge=1)
    password_time_cost: int = Field(default=3, ge=1)
    password_memory_kib: int = Field(default=65_536, ge=8)
    login_attempts: int = Field(default=10, ge=1)
    login_window_seconds: int = Field(default=60, ge=1)

    @field_validator("database_url")
    @classmethod
    def name_the_async_driver(cls, url: str) -> str:
        """Take the URLs that hosting platforms hand out, and add the driver to them."""
        scheme, separator, rest = url.partition("://")
        drivers = {
            "postgres": "postgresql+asyncpg",
            "postgresql": "postgresql+asyncpg",
            "sqlite": "sqlite+aiosqlite",
        }
        return f"{drivers.get(scheme, scheme)}{separator}{rest}"

    @model_validator(mode="after")
    def refuse_example_secret(self) -> Self:
        """Refuse to start in production with the secret that everybody knows."""
        if (
            self.environment == "production"
            and self.secret_key.get_secret_value() == EXAMPLE_SECRET
        ):
            raise ValueError("SECRET_KEY must be set to a secret of your own in production")
        return self
