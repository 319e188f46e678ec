"""Timers of the site and their monitoring, checks and repairs."""
