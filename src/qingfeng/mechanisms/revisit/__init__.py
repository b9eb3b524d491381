"""Return visit (回访): see how somebody held accountable is doing, and help; voluntary and confidential."""
