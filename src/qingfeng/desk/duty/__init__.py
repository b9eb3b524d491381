"""The chain of three duties by unit, the register of deployments, what clauses of our own rules became."""
