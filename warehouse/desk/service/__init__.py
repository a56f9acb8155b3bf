"""Requests to the library: who needs what, what was searched and found for it, what was delivered."""
