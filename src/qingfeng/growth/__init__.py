"""Growth files that belong to the person (成长档案), and the youth society (青联社)."""
