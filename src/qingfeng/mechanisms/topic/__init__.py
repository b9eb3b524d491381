"""Topic proposals (选题): small data, a large decision; by topic and office, never by person."""
