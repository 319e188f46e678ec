"""Exports in zips."""

import zipfile

import pytest

from diptych.articles.transfer.wordpress import archives
from diptych.articles.transfer.wordpress.archives import is_zipped_export
from diptych.articles.transfer.wordpress.export import Export
from diptych.articles.transfer.wordpress.uploads import FileRefused, UploadsArchive
from tests.wordpress_exports import HEAD, HOST, TAIL, write_export

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def packed(tmp_path):
    """Make a zip of files: texts or bytes by their names."""

    def packed(files):
        path = tmp_path / "export.xml.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return path

    return packed


def test_several_files_in_a_zip_are_one_export(tmp_path, packed):
    written = write_export(tmp_path / "export.xml", posts=12, files=2)
    one, two = (path.read_bytes() for path in written.paths)
    path = packed({"a/one.xml": one, "a/two.XML": two, "__MACOSX/a.xml": b"x", ".DS_Store": b"x"})
    assert is_zipped_export(path)
    zipped, plain = Export([path]), Export(written.paths)
    assert zipped.errors == []
    assert list(zipped.read()) == list(plain.read())
    assert zipped.groups == plain.groups


def test_what_unpacks_to_too_much_is_refused(packed, monkeypatch):
    path = packed({"a.xml": HEAD.format(version="1.2", host=HOST) + " " * 21 * 1024**2 + TAIL})
    [error] = Export([path]).errors
    assert "would unpack to" in error
    monkeypatch.setattr(archives, "LARGEST", 10)
    assert "would unpack to" in Export([packed({"a.xml": b"<rss></rss>"})]).errors[0]
    monkeypatch.setattr(archives, "LARGEST_LIST", 10)
    assert "too many files" in Export([path]).errors[0]
    assert not is_zipped_export(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_unpacks_whole_whatever_it_declares_is_refused(tmp_path, method):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("a.xml", HEAD.format(version="1.2", host=HOST) + TAIL)
    assert "no zip that can be read" in Export([path]).errors[0]
    with UploadsArchive(path) as uploads, pytest.raises(FileRefused, match="damaged"):
        uploads.read("a.xml")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"<rss/>"])
def test_what_is_no_zip_of_exports_is_said(tmp_path, content):
    path = tmp_path / "export.zip"
    path.write_bytes(content)
    assert "export.zip" in Export([path]).errors[0]
    assert not is_zipped_export(path)


def test_a_file_that_is_no_zip_is_not_said_to_be_in_one(tmp_path):
    path = tmp_path / "export.zip"
    path.write_bytes(bytes(range(256)) * 20)
    [error] = Export([path]).errors
    assert error == "export.zip is no zip that can be read. Unpack it, and give what was in it."


def test_a_damaged_zip_is_read_until_there(tmp_path, packed, monkeypatch):
    for name in ("BEGINNING", "CHUNK"):
        monkeypatch.setattr(f"diptych.articles.transfer.wordpress.xml_stream.{name}", 1000)
    written = write_export(tmp_path / "export.xml", posts=40)
    path = packed({"a.xml": written.paths[0].read_bytes()})
    content = bytearray(path.read_bytes())
    middle = len(content) * 3 // 4
    content[middle : middle + 40] = bytes(40)
    path.write_bytes(content)
    export = Export([path])
    assert len(export.errors) == 1 and export.errors[0]
    assert sum(export.counts.values()) > 5


def test_uploads_are_no_export(packed):
    assert not is_zipped_export(packed({"2020/01/a.jpg": b"x", "2020/sitemap.xml": b"x"}))
