"""Measurements. Each module prints a table and keeps it beside itself; medians, since machines are noisy."""
