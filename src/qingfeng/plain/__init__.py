"""Text, small numbers and what is believed of them: pure, and known to every floor."""
