"""Years in post (任职年限): for how long posts of our own people have been held, for who plans exchanges."""
