"""What screening found, as the desk keeps it: findings, leads, verdicts, precision, exceptions, draws."""
