"""Complaint about our own staff (对本委干部的反映): declaration, fields, gates, slips and sample stories."""
