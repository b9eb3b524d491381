"""Supervision of a leading team (班子监督): declaration, fields, gates, slips and sample stories."""
