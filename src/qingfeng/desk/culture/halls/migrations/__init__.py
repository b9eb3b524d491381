"""Migrations of the desk of halls."""
