"""Integrity file (廉政档案): declaration, fields, gates, slips and sample stories."""
