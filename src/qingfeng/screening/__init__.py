"""Records in, findings out: a library of its own, without Django."""
