"""Accountability (责任追究): the decision itself, from the approval to begin to the end of its effects."""
