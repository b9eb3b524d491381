"""A hall as one ZIP file: packed here, opened elsewhere, taken in as a draft with all that it shows."""
