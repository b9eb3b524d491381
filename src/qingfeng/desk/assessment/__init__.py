"""The yearly assessment as pages (五步考核): five gates, the own result, the posting."""
