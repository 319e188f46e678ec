"""System checks of the engine: ``project`` of settings and tables, ``addresses`` of URLs and hosts.

May import everything of the engine; nothing but ``apps`` imports it.
"""
