"""What a holder of data sees: what is asked of it, and the place to hand it over."""
