"""Pages of keeping, a module for each kind."""
