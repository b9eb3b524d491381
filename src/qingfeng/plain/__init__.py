"""Dates, money, text: pure, and known to every floor."""
