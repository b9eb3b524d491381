"""Pages of prone areas (易发区) and of what our own checking does not see (查纠工作薄弱点)."""
