"""Units, people, posts and roles over time, recusals, the work calendar, accounts."""
