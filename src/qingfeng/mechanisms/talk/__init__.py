"""Talk (监督谈话): declaration, fields, gates, slips and sample stories."""
