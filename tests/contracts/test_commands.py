"""What `manage.py help` says of the commands of the project."""

import pytest
from django.core.management import get_commands, load_command_class
from django.utils.translation import override

OWN = {
    name: application
    for name, application in get_commands().items()
    if application.startswith(("articles", "themes", "config"))
}


@pytest.mark.parametrize("name", sorted(OWN))
def test_a_command_says_what_it_does(name):
    for language in ("fr", "en"):
        with override(language):
            command = load_command_class(OWN[name], name)
            said = command.create_parser("manage.py", name).format_help()
            start = " ".join(command.help.split())[:30]
        assert start and start in " ".join(said.split())
