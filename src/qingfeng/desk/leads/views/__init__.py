"""Views of the pages of leads: a file for each page."""
