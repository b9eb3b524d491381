"""Migrations of growth."""
