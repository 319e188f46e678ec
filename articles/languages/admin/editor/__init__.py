"""The edit view of a page in several languages: views, forms, panels, inputs, footer.

Begin with ``views`` and ``panels``.
"""
