"""Drafts by a machine: passages are sent, and come back as texts that somebody has to confirm.

Begin with ``drafting.begin``; ``interface`` is what a provider has to do.
"""
