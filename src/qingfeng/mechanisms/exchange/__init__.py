"""Exchange (干部交流): who moves to another post, why, and what is handed over before they go."""
