"""Sealing (密封): what only named people open, wherever a copy of it goes. No Django; libsodium alone."""
