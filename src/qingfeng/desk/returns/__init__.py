"""Statistical returns (统计报表): defined by people, counted once for the whole house, signed and frozen."""
