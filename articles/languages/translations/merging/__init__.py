"""The three-way merge of a page that several people edit, in ``parts``."""
