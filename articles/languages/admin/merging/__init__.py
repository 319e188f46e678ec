"""Two people’s changes of one draft: the form that merges them, and its messages."""
