"""Accounts of the staff: signing in, throttling, closing."""
