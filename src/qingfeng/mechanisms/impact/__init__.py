"""Impact assessment (个人信息保护影响评估): declaration, forms, gates, slip and sample stories."""
