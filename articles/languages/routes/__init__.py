"""Addresses of pages in a language: prefixes, hosts, slugs, redirects, answers.

Imports ``translations`` and the rooms below. Begin with ``routing``, then ``serving``;
``admission`` keeps languages that are not live from being served. The urlpatterns are in
``languages/urls.py``.
"""
