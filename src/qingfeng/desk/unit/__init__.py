"""My unit's work: who carries what, by when; for a supervised unit what was sent to it."""
