"""Who may move, copy and delete whole pages: actions that concern every language."""
