"""How much work the journal makes of what readers and editors do: queries first, then time."""
