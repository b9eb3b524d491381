"""Slips: what an act prints. The row and its number come in the act's transaction, the pages after it."""

from __future__ import annotations
