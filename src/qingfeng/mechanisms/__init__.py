"""One room for each mechanism; each a declaration on the kernel."""
