"""Numbers, templates, official documents as PDF and DOCX, attachments by content hash."""
