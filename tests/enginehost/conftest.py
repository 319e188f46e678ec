#: They need the settings of the host: `test_engine_alone.py` runs them in a process of their own.
collect_ignore = ["scenarios", "enginehost"]
