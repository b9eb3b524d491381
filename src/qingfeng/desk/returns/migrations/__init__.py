"""Migrations of returns: they may add and alter; a signed return keeps its numbers."""
