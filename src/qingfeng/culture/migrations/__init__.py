"""Migrations of the culture site."""
