"""Deployment (部署要求): declaration, fields, gates, slips and sample stories."""
