"""Exchange (交换): sealed packages between installations and between the two networks of one."""
