"""The translating view: the source beside the fields of a translation, block by block."""
