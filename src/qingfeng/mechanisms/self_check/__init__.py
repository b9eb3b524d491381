"""Self-check (自查自纠): declaration, forms, gates, what the house enters, slips, sample stories."""
