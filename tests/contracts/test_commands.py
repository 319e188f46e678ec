"""What the commands of the project say: their help, and of files that they cannot read."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.utils.translation import override

OWN = {
    name: application
    for name, application in get_commands().items()
    if application.startswith(("diptych", "config"))
}


@pytest.mark.parametrize("name", sorted(OWN))
def test_a_command_says_what_it_does(name):
    for language in ("fr", "en"):
        with override(language):
            command = load_command_class(OWN[name], name)
            said = command.create_parser("manage.py", name).format_help()
            start = " ".join(command.help.split())[:30]
        assert start and start in " ".join(said.split())


#: The commands that read files, with further arguments.
READING = {
    "import_markdown": (),
    "import_memory": ("--source", "fr", "--target", "en"),
    "import_wordpress": (),
    "restore": ("--replace",),
    "verify_backup": (),
}
#: What else stands as an argument of a command: names, addresses, folders that are written.
OTHER_ARGUMENTS = {
    "address",
    "addrport",
    "destination",
    "folder",
    "model",
    "name",
    "port",
    "target",
}


def arguments_of(name):
    parser = load_command_class(OWN[name], name).create_parser("manage.py", name)
    return {each.dest for each in parser._actions if not each.option_strings}


def test_each_command_that_reads_files_is_tried():
    others = {name for name in OWN if arguments_of(name) - OTHER_ARGUMENTS}
    assert others <= set(READING), "add it to READING, or its argument to OTHER_ARGUMENTS"


HEAD = '<?xml version="1.0"?><rss version="2.0"><channel><title>a</title>'
UNREADABLE = {
    "missing": None,
    "empty": b"",
    "binary": bytes(range(256)) * 40,
    "zip of nothing": b"PK\x05\x06" + bytes(18),
    "zip that is cut": b"PK\x03\x04" + bytes(200),
    "another XML": b"<?xml version='1.0'?><feed/>",
    "no items": f"{HEAD}</channel></rss>".encode(),
    "cut": f"{HEAD}<item><title>b</title></item><item><title>".encode(),
    "text": b"Rien.",
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", UNREADABLE)
@pytest.mark.parametrize("name", READING)
def test_what_cannot_be_read_is_refused_in_words(journal, name, kind, tmp_path):
    before = counted()
    for ending in ("xml", "zip"):
        path = tmp_path / f"input.{ending}"
        if UNREADABLE[kind] is not None:
            path.write_bytes(UNREADABLE[kind])
        with override("en"), pytest.raises(CommandError) as refused:
            call_command(name, str(path), *READING[name], verbosity=0)
        assert len(str(refused.value)) > 20 and refused.value.returncode
    assert counted() == before


def counted():
    return {model: model._base_manager.count() for model in apps.get_models()}


@pytest.mark.django_db
def test_a_folder_without_texts_is_refused(journal, tmp_path):
    with override("en"), pytest.raises(CommandError, match="has no texts"):
        call_command("import_markdown", str(tmp_path), verbosity=0)
