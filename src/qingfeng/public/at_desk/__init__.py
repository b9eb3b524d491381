"""Entering for people (代录): a letter, a call or a visit goes through the counter, with the same receipt."""
