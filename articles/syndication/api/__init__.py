"""The articles of the journal as data, for programs: what readers can open, and no more."""
