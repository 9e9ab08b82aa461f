"""Payloads, one module for each entity."""
