"""What a language model has used, for people. Loads no client."""

from collections.abc import Mapping
from typing import Any


def usage_sentence(usage: Mapping[str, Any]) -> str:
    """In all, in a line."""
    return f"{usage['model']}: {_figures(usage)}"


def stage_sentences(usage: Mapping[str, Any]) -> tuple[str, ...]:
    """The same for each stage of the model's part."""
    return tuple(f"{stage}: {_figures(used)}" for stage, used in usage["stages"].items())


def _figures(used: Mapping[str, Any]) -> str:
    requests = f"{used['requests']} request{'' if used['requests'] == 1 else 's'}"
    tokens = f"{used['input_tokens']:,} tokens in, {used['output_tokens']:,} out"
    cost = "price unknown, not counted" if used["unpriced_requests"] else f"${used['dollars']:.4f}"
    return f"{requests}, {tokens}, {cost}, {used['seconds']:.1f} s"
