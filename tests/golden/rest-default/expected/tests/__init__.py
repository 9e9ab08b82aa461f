"""Tests of every route, through the application itself."""
