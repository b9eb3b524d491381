"""Recommendation (纪检监察建议): declaration, fields, gates, text checks, slips and sample stories."""
