"""Every migration is undone and applied again in a filled journal, on both databases."""

import json

import pytest

from tests.migrated import copy_migrated, migrated_postgresql
from tests.postgresql import need_postgresql
from tests.programs import run_python

pytestmark = pytest.mark.adversarial

#: What is said where rows go with their table, which are what people have made.
SAID = {
    "diptych_unconfirmedimagetext": "texts of images to be confirmed (1)",
    "diptych_interface_texts_unconfirmedtext": "site texts to be confirmed (1)",
    "diptych_languages_deletedfile": "what is in the bin (1)",
    "diptych_languages_deletedpage": "what is in the bin (1)",
    "diptych_languages_deletedpagepart": "what is in the bin (1)",
    "diptych_languages_notification": "notifications (1)",
    "diptych_languages_draftlink": "links to drafts (1)",
    "diptych_moving_importrun": "imports (1)",
    "diptych_newsletter_delivery": "newsletter issues (1)",
    "diptych_newsletter_issue": "newsletter issues (1)",
    "diptych_newsletter_issuearticle": "newsletter issues (1)",
    "diptych_translation_tools_concept": "glossary entries (1)",
    "diptych_translation_tools_memorypair": "pairs of translation memories (1)",
    "diptych_translation_tools_mutedfault": "hidden hints (1)",
    "diptych_translation_tools_mutedhint": "glossary entries (1)",
    "diptych_translation_tools_term": "glossary entries (1)",
    "diptych_translation_tools_translationmemory": "translation memories (1)",
}
#: Without a row: queues, which are empty, faults of images, which have none, counts of wrong
#: codes, which hold for minutes, links, which a report counts, and print issues, as no migration
#: that drops the tables of page types is undone while there are such pages.
EMPTY = {
    "diptych_related.PendingUpdate",
    "diptych_related.ArticleLinks",
    "diptych_related.LinkCount",
    "diptych_languages.UnmovedBranch",
    "diptych_languages.BranchDeletion",
    "diptych_languages.UnpurgedAddress",
    "diptych_caching.RenderedAddress",
    "diptych.ImageProblem",
    "diptych.PrintIssueIndexPage",
    "diptych.PrintIssuePage",
    "diptych.PrintIssueEntry",
    "journal_accounts.FactorRecord",
}


def check_migrations(**variables):
    done = run_python(
        "-m", "tests.adversarial.migrating", settings="config.settings.test", **variables
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert set(found["empty"]) <= EMPTY, "Fill these tables in tests/adversarial/migrating.py."

    assert len(found["walk"]) > 10
    for name, (lost, said) in found["walk"].items():
        assert lost.keys() <= SAID.keys(), (name, lost)
        for table, (rows, others, *_examples) in lost.items():
            assert (rows, others) == (1, 0)
            assert SAID[table] in said, (name, said)
        if not lost:
            assert "no migration brings back" not in said
    assert found["lost"].keys() == SAID.keys(), found["lost"]

    assert set(found["statuses"].values()) == {200}, found["statuses"]
    assert found["otherwise"] == []


def test_migrations_on_sqlite(tmp_path):
    copy_migrated(tmp_path / "journal.sqlite3")
    check_migrations(DIPTYCH_TEST_DATABASE=str(tmp_path / "journal"), DIPTYCH_TEST_DATABASE_URL="")


def test_migrations_on_postgresql():
    need_postgresql()
    with migrated_postgresql() as address:
        check_migrations(DIPTYCH_TEST_DATABASE_URL=address)
