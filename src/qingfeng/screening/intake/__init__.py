"""Files in, typed rows out: readers, recognition, staging, loading, and an account of every row."""
