"""Who works in a task force, since when they have signed, and what each reaches through it until when."""
