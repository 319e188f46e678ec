"""Texts that images have themselves, drafted by a machine into their form, which stores them."""
