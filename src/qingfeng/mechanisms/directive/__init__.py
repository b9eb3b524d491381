"""Directive (督办单): a task from above is hung as a ticket, handled, reported and struck off (挂单督办)."""
