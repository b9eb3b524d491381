"""Clue (问题线索): declaration, fields, gates, slips and sample stories."""
