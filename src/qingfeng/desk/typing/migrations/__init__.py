"""Migrations of typing."""
