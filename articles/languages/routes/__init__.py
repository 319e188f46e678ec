"""Addresses of pages in a language: prefixes, hosts, slugs, redirects, answers.

A request passes ``middleware`` (its language), ``languages/urls.py`` and ``views.serve``, which
finds the page by ``routing``; ``admission`` refuses a language in which it is not live, ``serving``
answers. ``addresses`` writes the page × language table when a page is saved; ``public_urls`` makes
URLs of it, ``redirects`` keeps old ones. Begin with ``views``.
"""
