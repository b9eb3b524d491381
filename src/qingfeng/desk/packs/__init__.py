"""Task packs (外出任务包): sheets and an offline form for people in the field, and what comes back sealed."""
