"""The calendar of the year: everything that is due, for who looks."""
