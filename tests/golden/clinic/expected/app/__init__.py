"""Clinic."""
