"""The desk of online halls: files are brought, scenes and spots edited, halls built from lists."""
