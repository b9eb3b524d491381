"""Prone areas (易发区): where more was verified than exposure explains."""
