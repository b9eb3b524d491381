"""Migrations of the desk: they may add and alter; its table holds nothing of the journal."""
