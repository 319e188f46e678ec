"""Monitoring of the running site: logs, error reports, background work."""
