"""The search of the admin's lists by words of live texts."""
