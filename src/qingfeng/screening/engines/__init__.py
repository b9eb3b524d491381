"""Engines: what runs the rules over a snapshot. Adding one is one file."""
