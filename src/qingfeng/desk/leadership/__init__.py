"""Talks with heads laid out for a year: who must talk with whom, held, overdue, to come; and everybody's own.

Counted is what its reader sees whole, so every number opens as many talks as it says. Units stand in the
order of the unit tree; nobody is ranked. What somebody owes, and what is kept about them, stands on a page
of theirs.
"""
