"""Texts that images have themselves, in files and by machines.

One image is drafted into its form (``drafting``), several in the background (``batches``).
"""
