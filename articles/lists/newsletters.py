"""The newsletter that pages invite to, by the application that registers for it by a hook.

``diptych.articles.newsletter`` is one; without any, pages do not speak of a newsletter.
"""

from wagtail import hooks

#: Takes a request; see ``invitation``.
INVITATION = "diptych_newsletter_invitation"


def invitation(request):
    """``url``, ``name`` and ``description`` of the newsletter in the language of a request.

    ``None`` where readers cannot sign up for any.
    """
    found = (invite(request) for invite in hooks.get_hooks(INVITATION))
    return next((each for each in found if each), None)
