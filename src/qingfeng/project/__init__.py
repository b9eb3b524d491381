"""The top floor: command line, settings, addresses; what puts the house together."""
