"""One settings module per place the journal runs in; `base` is what they share."""
