"""The five steps of the yearly assessment (五步考核程序): five gates, a posting, appeals."""
