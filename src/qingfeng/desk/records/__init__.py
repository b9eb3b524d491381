"""Records on the desk: files in, their account, screening, what the lake holds, what leaves it."""
