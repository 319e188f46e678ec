"""The rich text editor: its entities, when it is built, and how what is posted is cleaned.

``input`` cleans what comes from any form, script or API.
"""
