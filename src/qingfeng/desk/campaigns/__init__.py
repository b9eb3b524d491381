"""Campaigns as four steps: what is done, what blocks the next, doubts by unit, yields, numbers said."""
