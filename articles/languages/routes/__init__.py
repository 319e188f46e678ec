"""From an address to a page in a language and back: prefixes, hosts, slugs, redirects, answers.

Imports ``translations`` and what is below. Begin with ``routing``, then ``serving``; ``admission``
keeps languages that are not live from being served. The urlpatterns are in ``languages/urls.py``.
"""
