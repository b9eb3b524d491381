"""The pages of leads: list, a lead, rules, exceptions, draws, blind spots."""
