"""Operation of the journal: accounts, mail, backup, monitoring, outages, privacy, the demo.

The application ``journal``. Imports the themes and the layers below; ``config`` names its parts in
settings.
"""
