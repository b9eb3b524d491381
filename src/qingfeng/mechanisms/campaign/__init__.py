"""Campaign (专项治理): declaration in parts, gates, what the house counts, slips, sample stories."""
