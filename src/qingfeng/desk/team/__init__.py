"""Years in post (任职年限): which posts of our own people have been held for how long, for who plans exchanges."""
