"""The journal: a Merkle log of all that happens; tree and formats are pure, one Django store beside them."""
