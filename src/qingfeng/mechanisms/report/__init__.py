"""Report on a person (检举控告): sealed to the custodians from the first byte on; typed nowhere in clear."""
