"""Verification of a doubt (疑点核查): declaration, forms, gates, slips and sample stories."""
