"""Records that exist on paper only: typed beside their scan, a sample typed twice, delivered as a file."""
