"""Demonstration projects on main responsibility (主体责任示范项目), judged openly, also where they fail."""
