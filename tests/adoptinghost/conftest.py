#: They need the settings of the host: tests run them in processes of their own.
collect_ignore = ["scenarios", "steps", "before", "after"]
