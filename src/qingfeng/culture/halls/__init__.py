"""Halls: panoramas in zones, what hangs in them, how one walks from one to the next."""
