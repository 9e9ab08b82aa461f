"""Every setting of the service, from `APIWRIGHT_*` variables and a `.env` file. Nothing needs to be set."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

SHORTEST_SECRET = 32
Level = Literal["none", "quick", "standard", "deep"]


class Settings(BaseSettings):
    """How the service runs. Durations are in seconds unless their name says otherwise."""

    model_config = SettingsConfigDict(env_prefix="APIWRIGHT_", env_file=".env", extra="ignore", frozen=True)

    role: Literal["all", "api", "worker"] = Field("all", description="What this process does: answer requests, work, or both.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 for any free one.")
    data_dir: Path = Field(Path(".apiwright"), description="Where the embedded database, files and secret are kept.")
    database_url: SecretStr | None = Field(None, description="`postgresql://...`; a SQLite file in `data_dir` when unset.")
    database_pool: int = Field(10, ge=2, le=100, description="Connections that each process keeps open.")
    storage_url: str | None = Field(None, description="`s3://bucket/prefix`, or a directory; a directory in `data_dir` when unset.")
    s3_endpoint: str | None = Field(None, description="Address of an S3-compatible store; Amazon's when unset.")
    s3_region: str = Field("us-east-1", description="Region of the bucket.")
    s3_access_key: SecretStr | None = Field(None, description="Access key; the machine's own credentials when unset.")
    s3_secret_key: SecretStr | None = Field(None, description="Secret key.")
    secret_key: SecretStr | None = Field(
        None,
        min_length=SHORTEST_SECRET,
        description="Signs access tokens; made and kept in `data_dir` when unset. The same for all processes.",
    )

    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field((), description="Origins that browsers may call from, comma-separated.")
    trusted_proxies: str = Field("127.0.0.1", description="Proxies whose X-Forwarded-* headers are believed.")
    registration: bool = Field(default=True, description="Whether anybody may register.")
    access_token_minutes: int = Field(15, ge=1, le=1440, description="Life of an access token.")
    refresh_token_days: int = Field(30, ge=1, le=365, description="Life of a refresh token.")
    requests_per_minute: int = Field(600, ge=1, description="Requests that one user may make.")
    generations_per_minute: int = Field(60, ge=1, description="Generations that one user may start.")
    logins_per_minute: int = Field(20, ge=1, description="Attempts to log in, per account and per address.")
    prompt_limit: int = Field(20_000, ge=100, le=200_000, description="Longest prompt, in characters.")
    default_verify: Level = Field("standard", description="How far a project is verified when the request does not say.")

    concurrency: int = Field(64, ge=1, description="Generations that run at once, in all processes together.")
    worker_concurrency: int = Field(2, ge=1, le=64, description="Generations that run at once in this process.")
    user_concurrency: int = Field(8, ge=1, description="Generations of one user that run at once.")
    generation_timeout: float = Field(600, gt=0, description="When a generation that still runs is stopped and failed.")
    attempts: int = Field(20, ge=1, description="How often a generation is taken up again after its worker died.")
    heartbeat: float = Field(1.0, gt=0, description="How often a worker says that it is alive.")
    dead_after: float = Field(10.0, gt=0, description="Silence after which a worker's generations go to another one.")
    retention_days: int = Field(90, ge=0, description="When failed and cancelled generations are removed; 0 for never.")
    grace: float = Field(20.0, ge=0, description="How long a stopping process lets running requests and generations finish.")

    model: str | None = Field(
        None, description="Language model of modes `enhanced` and `auto`: `VENDOR:MODEL`, e.g. `google:gemini-2.5-flash`."
    )
    models_allowed: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Models that a request may ask for beside `APIWRIGHT_MODEL`, comma-separated."
    )
    model_url: str | None = Field(None, description="Address of the model's API; needed for `openai-compatible`, else the vendor's own.")
    model_key: SecretStr | None = Field(None, description="Key of an `openai-compatible` server, if it needs one.")
    google_api_key: SecretStr | None = Field(None, validation_alias="GOOGLE_API_KEY", description="Key for `google:` models.")
    openai_api_key: SecretStr | None = Field(None, validation_alias="OPENAI_API_KEY", description="Key for `openai:` models.")
    anthropic_api_key: SecretStr | None = Field(None, validation_alias="ANTHROPIC_API_KEY", description="Key for `anthropic:` models.")
    keys_secret: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        (),
        description="Seals users' own keys of models: 32 characters or more; while it is exchanged the new one and, after a comma, the old "
        "one. Made and kept in `data_dir` when unset; with `APIWRIGHT_DATABASE_URL` no keys are taken then.",
    )
    model_requests: int = Field(60, ge=1, description="Requests to a model that one generation may make.")
    model_tokens: int = Field(400_000, ge=1, description="Tokens, in and out, that one generation may use.")
    model_seconds: float = Field(300, gt=0, description="How long the model's part of one generation may take.")
    model_dollars: float | None = Field(None, gt=0, description="What one generation may cost, where prices are known; no cap when unset.")

    telemetry: bool = Field(
        default=False,
        description="Send traces, metrics and logs by OTLP, as the `OTEL_*` variables say; needs `apiwright[telemetry]`.",
    )
    log_format: Literal["auto", "json", "text"] = Field("auto", description="`auto` is text in a terminal, else JSON.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="The least that is logged.")

    @field_validator("cors_origins", "models_allowed", "keys_secret", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(item.strip() for item in value.split(",") if item.strip()) if isinstance(value, str) else value

    @field_validator("keys_secret")
    @classmethod
    def _long_enough(cls, value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        if any(len(item) < SHORTEST_SECRET for item in value):
            raise ValueError(f"Each needs {SHORTEST_SECRET} characters or more")
        return value
