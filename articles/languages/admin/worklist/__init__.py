"""The worklist of translators: what is to translate, by whom. Begin with ``views``."""
