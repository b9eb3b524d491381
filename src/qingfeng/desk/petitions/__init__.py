"""The boards of petitions: gauges, what is pending for long, offices, leaders, the joint session.

What is counted is an office or an item, never whoever writes. Offices stand in the order of their names.
"""
