"""The HTTP face: requests and live progress over the service."""

from apiwright.api.app import create_app

__all__ = ["create_app"]
