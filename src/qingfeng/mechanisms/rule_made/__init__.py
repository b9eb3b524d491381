"""Rule made (小特精制度): one small rule of a unit, tested before it counts, and seen to be kept."""
