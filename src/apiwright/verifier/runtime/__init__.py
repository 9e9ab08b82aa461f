"""The Python environments that a proof needs: made once per lock, kept in the user's cache, never changed."""

from apiwright.verifier.runtime.environment import Environment, environment

__all__ = ["Environment", "environment"]
