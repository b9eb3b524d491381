"""Answering a quiz (作答): an address without sign-in, sums of answers, what they say before and after."""
