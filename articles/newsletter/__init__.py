"""A newsletter in each language: subscribers, issues, sending. An application, optional.

Begin with ``models``, then ``subscribing`` and ``sending``.
"""
