"""The accounts of the people who work on the journal: how they sign in, and what they leave."""
