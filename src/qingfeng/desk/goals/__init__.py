"""The board of goals (三争) and the board of demonstration projects: for everybody in the commission."""
