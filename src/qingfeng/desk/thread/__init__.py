"""The thread: from a row of records to what came of it, and back, as far as its reader may know."""
