"""Data request (调数据): declaration, forms, gates, slips, sample stories, and what an arrival tells it."""
