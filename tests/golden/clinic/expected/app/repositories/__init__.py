"""Queries, one class for each entity. SQL stands here and nowhere else."""
