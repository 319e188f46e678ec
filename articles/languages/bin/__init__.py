"""The bin: pages deleted in the admin, which can be restored until it is emptied."""
