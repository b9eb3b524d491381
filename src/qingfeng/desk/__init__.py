"""Signed-in work: my work, matter pages, lists, the tray, statistics, exports."""
