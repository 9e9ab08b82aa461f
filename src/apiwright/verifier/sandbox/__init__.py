"""Where a project's code runs: cut off from the network, the user's files and the environment, and bounded in all it uses."""

from apiwright.verifier.sandbox.limits import Limits
from apiwright.verifier.sandbox.session import Answer, Sandbox

__all__ = ["Answer", "Limits", "Sandbox"]
