"""Case (案件): declaration, forms of handling, quality review, gates, slips and sample stories."""
