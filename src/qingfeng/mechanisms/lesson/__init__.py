"""Lesson (以案促改): declaration, fields, gates, slips and sample stories."""
