"""Which language model a generation is to ask, and how much it may use: as its request says, within what the service allows."""

from collections.abc import Mapping
from typing import Any

from apiwright.api.context import Context
from apiwright.api.deps import Caller
from apiwright.api.generations.model_schemas import Budget
from apiwright.api.problems import ProblemError

_NOT_CONFIGURED = "No language model is configured; use mode `classic` or `auto`."


async def planning_options(shared: Context, caller: Caller, *, mode: str, model: str | None, budget: Budget | None) -> dict[str, Any]:
    """`model` and `budget` among the options of a generation; nothing where no model will be asked.

    Raises:
        ProblemError: They are not to be had.
    """
    models = shared.service.models
    if mode == "classic":
        if model is not None or budget is not None:
            raise ProblemError(422, "model-unused", "Mode `classic` asks no language model: leave `model` and `budget` out.")
        return {}
    if model is not None and model not in models.names:
        allowed = f"Allowed: {', '.join(models.names)}." if models.names else "None is."
        raise _refused("model-not-allowed", "model", f"This language model is not allowed. {allowed}")
    caps = _within(models.caps, budget)
    name = model or models.default
    if mode == "enhanced":
        offer = await models.offer(caller.user_id, name) if name is not None else None
        absent = offer.absent if offer is not None else _NOT_CONFIGURED
        if absent:
            raise ProblemError(422, "enhanced-unavailable", absent)
    return {"model": name, "budget": caps} if name is not None else {}


def _within(caps: Mapping[str, float | None], budget: Budget | None) -> dict[str, float]:
    asked = budget.model_dump(exclude_none=True) if budget is not None else {}
    for name, value in asked.items():
        if (cap := caps[name]) is not None and value > cap:
            raise _refused("budget-too-high", f"budget.{name}", f"The service allows {cap:,} {name} at most.")
    return asked


def _refused(code: str, where: str, message: str) -> ProblemError:
    return ProblemError(422, code, message, errors=[{"where": f"body.{where}", "message": message, "code": code, "hint": ""}])
