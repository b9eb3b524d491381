"""Pages of the three administrators, and what everybody declares and prefers."""
