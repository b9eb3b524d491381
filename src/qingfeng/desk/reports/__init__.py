"""Pages of sealed reports (检举控告): a phrase opens them, for one answer at a time."""
