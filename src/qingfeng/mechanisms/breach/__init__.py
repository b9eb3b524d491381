"""Breach of personal data (个人信息安全事件): declaration, forms, gates, slips and sample stories."""
