"""The room of quarterly reports on prone areas (易发区分析报告)."""
