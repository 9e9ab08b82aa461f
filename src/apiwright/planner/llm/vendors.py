"""A choice becomes a client: the model of pydantic-ai, and how it is to give its answers."""

from typing import Any, assert_never

from pydantic_ai import NativeOutput, StructuredDict, ToolOutput
from pydantic_ai.models import Model

from apiwright.planner.choice import ModelChoice

_NO_KEY = "none"  # what servers without keys are sent, so that no other key of the environment is


def open_model(choice: ModelChoice) -> Model:
    """The model, ready to be entered (`async with`), in the event loop that it is to be used in."""
    key = choice.key or _NO_KEY
    match choice.vendor:
        case "google":
            from pydantic_ai.models.google import GoogleModel  # noqa: PLC0415 - a second for each vendor's client
            from pydantic_ai.providers.google import GoogleProvider  # noqa: PLC0415

            return GoogleModel(choice.model, provider=GoogleProvider(api_key=key, base_url=choice.url))
        case "openai":
            from pydantic_ai.models.openai import OpenAIChatModel  # noqa: PLC0415
            from pydantic_ai.providers.openai import OpenAIProvider  # noqa: PLC0415

            return OpenAIChatModel(choice.model, provider=OpenAIProvider(api_key=key, base_url=choice.url))
        case "openai-compatible":
            from pydantic_ai.models.openai import OpenAIChatModel  # noqa: PLC0415
            from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider  # noqa: PLC0415

            provider = OpenAICompatibleProvider("openai-compatible", base_url=choice.url or "", api_key=key)
            return OpenAIChatModel(choice.model, provider=provider)
        case "anthropic":
            from pydantic_ai.models.anthropic import AnthropicModel  # noqa: PLC0415
            from pydantic_ai.providers.anthropic import AnthropicProvider  # noqa: PLC0415

            if choice.url is None:
                return AnthropicModel(choice.model, provider=AnthropicProvider(api_key=key))
            return AnthropicModel(choice.model, provider=AnthropicProvider(api_key=key, base_url=choice.url))
        case _:
            assert_never(choice.vendor)


def answering(choice: ModelChoice) -> str:
    """What a model has to be told about how it answers, beside its schema. Claude cannot always be made to use a tool."""
    return "Give your answer by calling the tool `answer`, once, and in no other way.\n" if choice.vendor == "anthropic" else ""


def answer_by(choice: ModelChoice, schema: dict[str, Any]) -> Any:
    """How a model is told to answer by a schema, so that its answer comes in parts.

    Gemini streams no arguments of tools, and local servers hold models to a schema better than to a tool; Claude does it by a tool.
    """
    shape = StructuredDict(schema)
    if choice.vendor == "anthropic":
        return ToolOutput(shape, name="answer", description="Give the answer.", strict=False)
    return NativeOutput(shape, name=schema["title"], strict=False, template=False)
