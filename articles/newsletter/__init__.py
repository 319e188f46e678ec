"""A newsletter in each language: subscribers, issues, sending. An application, optional.

Begin with ``models``, then ``subscribing``, ``composing`` (an issue as a mail) and ``sending``. The
templates of mails are the theme's: ``themes/templates/diptych/mail``.
"""
