"""Keeping matters: what is done to them besides their own acts, and the registers around them."""
