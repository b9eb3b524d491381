"""What the page of a letter shows besides: its six gates (三专三提) and its four links (责任链)."""
