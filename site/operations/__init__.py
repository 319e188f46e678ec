"""What operates the journal: accounts, mail, backup, monitoring, outages, privacy, the demo.

The application ``journal``. Imports the themes and what is below; ``config`` names its parts in
settings.
"""
