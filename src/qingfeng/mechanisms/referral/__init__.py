"""Referral (移送): a matter handed over to us by another body, or by us to another, with its answer."""
