"""What is known of the running site: logs, reports of errors, background work."""
