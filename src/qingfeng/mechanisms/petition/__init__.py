"""Petition (信访事项): the line of appeals, demands and suggestions, bound on offices."""
