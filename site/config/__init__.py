"""Where the journal runs: settings, addresses and the demo."""
