"""Pages of growth files and of the youth society."""
