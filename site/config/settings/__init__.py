"""One settings module per environment; `base` is common to all."""
