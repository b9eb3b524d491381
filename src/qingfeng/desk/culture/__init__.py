"""The desk of editors and reviewers of the culture pages (发布台)."""
