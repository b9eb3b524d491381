"""Reception (三访): a leader meets people by roster, by appointment or at the place; promises have days."""
