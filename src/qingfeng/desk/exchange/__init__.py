"""Packages at the desk: for administrators, who see kinds, numbers and digests, and never what is said."""
