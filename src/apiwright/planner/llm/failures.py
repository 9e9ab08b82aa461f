"""What may go wrong between a vendor and us: each failure has one outcome, a `ModelError` that says what to do.

No text of a vendor is repeated: it may hold parts of the key, and it is not ours to vouch for.
"""

from pydantic_ai import exceptions as vendor

from apiwright.errors import ModelError, ModelFailure

PASSING: frozenset[ModelFailure] = frozenset({"rate-limited", "unavailable", "timeout", "connection"})
"""Worth asking again a little later."""

_KINDS: tuple[tuple[type[Exception], ModelFailure, str], ...] = (
    (vendor.ModelAuthenticationError, "access", "{model} refused the key{status}. Check it, and that it may use this model."),
    (vendor.ModelQuotaExceededError, "quota", "{model}: the account has no credit or quota left{status}."),
    (vendor.ModelNotFoundError, "not-found", "{model} is not known to its vendor{status}. Check its name and address."),
    (vendor.ModelContextWindowExceededError, "rejected", "{model}: this is longer than the model can read{status}."),
    (vendor.ModelRequestRejectedError, "rejected", "{model} does not take such a request{status}; it may lack structured output."),
    (vendor.ModelRateLimitError, "rate-limited", "{model} is asked too often{status}{wait}."),
    (vendor.ModelUnavailableError, "unavailable", "{model} is not available now{status}{wait}."),
    (vendor.ModelServerError, "unavailable", "{model} failed on its vendor's side{status}."),
    (vendor.ModelTimeoutError, "timeout", "{model} did not answer in time."),
    (vendor.ModelRequestTimeout, "timeout", "{model} did not answer in time."),
    (vendor.RunTimedOut, "timeout", "{model} did not answer in time."),
    (vendor.ModelConnectionError, "connection", "{model} cannot be reached, or its answer broke off."),
    (vendor.ModelAPIError, "unavailable", "{model} failed{status}."),
    (vendor.ContentFilterError, "refused", "{model} refused to answer this."),
    (vendor.OutputTokenLimitExceeded, "unusable", "{model} gave an answer that is too long and was cut off."),
    (vendor.UnexpectedModelBehavior, "unusable", "{model} gave no answer that could be read."),
    (vendor.UserError, "rejected", "{model} cannot be used as it is configured."),
)


def outcome(error: Exception, model: str) -> ModelError:
    """The one outcome of a failure."""
    for kind, code, sentence in _KINDS:
        if isinstance(error, kind):
            return ModelError(code, _told(sentence, error, model), retry_after=getattr(error, "retry_after", None))
    return ModelError("unusable", f"{model} gave an answer that its client cannot read ({type(error).__name__}).")


def _told(sentence: str, error: Exception, model: str) -> str:
    status = f" (status {error.status_code})" if isinstance(error, vendor.ModelHTTPError) else ""
    seconds = getattr(error, "retry_after", None)
    wait = f", and wants {seconds:.0f} s of rest" if seconds is not None else ""
    return sentence.format(model=model, status=status, wait=wait)
