"""May a language of a draft go live, what is missing in it, and what should be looked at.

Three modules answer the three questions: ``grading`` (refused, incomplete or complete), ``missing``
(empty required parts and open places) and ``advice`` (the checklist, which keeps nothing from going
live). ``gate`` is called by the service, and raises for what may not. Begin with ``grading``.
"""
