"""Appeal (申诉、复审、复核): declaration, fields, gates, slips and sample stories."""
