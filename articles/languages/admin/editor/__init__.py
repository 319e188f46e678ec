"""The edit view of a page in several languages: views, forms, panels, footer.

Begin with ``views`` and ``panels``, the tabs; ``field_panels`` and ``state_panel`` stand in these.
"""
