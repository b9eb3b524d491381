"""From a trace to a rule: the district's own rules, written, tried, put into use by a second hand."""
