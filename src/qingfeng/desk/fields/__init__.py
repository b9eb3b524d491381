"""Fields of work (领域): 不敢, 不能, 不想 side by side, the field's figures around every action, topics."""
