import pytest

from diptych.articles.transfer.report import Report
from diptych.articles.transfer.wordpress.export import Export
from diptych.articles.transfer.wordpress.importing import Options, WordPressImport, source_of
from diptych.articles.transfer.wordpress.media import Media
from tests.articles.transfer.wordpress.imports import AUTHOR, paragraphs
from tests.wordpress_exports import HOST, write_items


@pytest.fixture
def run(tmp_path, journal):
    """Import what stands between the head and the end of a file; returns the report.

    ``host`` may have the folder in which a site of a network stands.
    """

    def run(
        *parts,
        is_dry=False,
        language=None,
        site=None,
        uploads=None,
        host=HOST,
        convert=paragraphs,
        **options,
    ):
        path = write_items(tmp_path, AUTHOR, *parts, host=host)
        export = Export([path], language=language)
        site, report = site or journal.site, Report(is_dry=is_dry)
        media = Media(export, uploads, source=source_of(export, site), report=report)
        work = WordPressImport(
            export,
            site,
            media=media if uploads else None,
            report=report,
            options=Options(**options),
            convert=convert,
            is_dry=is_dry,
        )
        with media:
            return work.run()

    return run
