"""Petition slip (三单): one of three slips that bind an office, never whoever writes."""
