"""The front door: the command line, and later settings and addresses."""
