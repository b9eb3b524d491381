"""Task force (专班): declaration, forms, gates, who reaches what through it, slips and sample stories."""
