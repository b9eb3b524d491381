"""Normalisers: SQL macros that make text typed, each documented with examples that a test runs."""

from qingfeng.screening.normalise.columns import Source, Typed, typed, typed_row
from qingfeng.screening.normalise.macros import install

__all__ = ["Source", "Typed", "install", "typed", "typed_row"]
