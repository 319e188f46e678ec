# Run by test_second_factor.py, with settings of their own.
collect_ignore = ["second_factor"]
