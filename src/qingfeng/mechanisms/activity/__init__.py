"""Activity (四行): practice, lecture, volunteering, grassroots; planned, approved, held, summed up, shown."""
