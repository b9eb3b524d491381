"""Duty (主体责任): declaration, fields, gates, slips and sample stories of a unit's year."""
