"""Planted acts and their innocent look-alikes: one module a watch, one function a rule."""
