import os
import stat
import zipfile

import pytest

from diptych.articles.transfer.wordpress.uploads import (
    FileRefused,
    UploadsRefused,
    open_uploads,
    original_path,
    path_in_uploads,
)

LIMIT = 1000


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("2019/05/lac.jpg", "2019/05/lac.jpg"),
        ("https://example.org/wp-content/uploads/2019/05/lac.jpg?w=300", "2019/05/lac.jpg"),
        ("/wp-content/uploads/2019/05/lac%20gel%C3%A9.jpg", "2019/05/lac gelé.jpg"),
        ("https://i0.wp.com/example.org/wp-content/uploads/2019/05/lac.jpg", "2019/05/lac.jpg"),
        ("https://example.files.wordpress.com/2019/05/lac.jpg", "2019/05/lac.jpg"),
        ("https://example.org/wp-content/uploads/sites/2/2019/lac.jpg", "sites/2/2019/lac.jpg"),
        ("https://example.org/files/2010/05/lac.jpg", "2010/05/lac.jpg"),
        # Letters with accents that are stored apart are the same file.
        ("2019/05/gele\u0301.jpg", "2019/05/gel\u00e9.jpg"),
        ("2019/05/50%25 off.jpg", "2019/05/50%25 off.jpg"),
    ],
)
def test_path_of_an_address_within_the_uploads(address, path):
    assert path_in_uploads(address) == path


@pytest.mark.parametrize(
    "address",
    [
        "../../etc/passwd",
        "2019/../../secret.jpg",
        "https://example.org/wp-content/uploads/..%2f..%2fwp-config.php",
        "https://example.org/wp-content/uploads/%2e%2e/wp-config.php",
        "/etc/passwd",
        "..\\..\\windows.jpg",
        "C:/windows.jpg",
        "lac\0.jpg",
        "http://[broken/lac.jpg",
    ],
)
def test_paths_that_lead_out_are_refused(address):
    with pytest.raises(FileRefused):
        path_in_uploads(address)


@pytest.mark.parametrize(
    ("name", "original"),
    [
        ("2019/lac-1024x683.jpg", "2019/lac.jpg"),
        ("2019/lac-scaled.jpg", "2019/lac.jpg"),
        ("2019/lac-scaled-150x150.jpg", "2019/lac.jpg"),
        ("2019/lac-rotated.jpg", "2019/lac.jpg"),
        ("2019/lac-e1546300800123.jpg", "2019/lac.jpg"),
        ("2019/lac-e1546300800123-300x200.jpg", "2019/lac.jpg"),
        ("2019/lac-2019.jpg", "2019/lac-2019.jpg"),
        ("2019/-300x200.jpg", "2019/-300x200.jpg"),
        ("lac", "lac"),
    ],
)
def test_name_of_the_original(name, original):
    assert original_path(name) == original


def _zipped(tmp_path, files, name="uploads.zip"):
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in files.items():
            archive.writestr(entry, content)
    return path


@pytest.mark.parametrize("top", ["", "uploads/", "wp-content/uploads/", "site/wp-content/uploads/"])
def test_folder_and_zip_from_any_level(tmp_path, top):
    path = tmp_path / "site" / top / "2019"
    path.mkdir(parents=True)
    (path / "lac.jpg").write_bytes(b"one")
    start = tmp_path / "site" / top.removesuffix("wp-content/uploads/").removesuffix("uploads/")
    archive = _zipped(tmp_path, {f"{top}2019/lac.jpg": b"one"})
    for given in (start, archive):
        with open_uploads(given) as uploads:
            assert uploads.read("2019/lac.jpg", LIMIT) == b"one"
            assert uploads.read("2019/other.jpg", LIMIT) is None


def test_a_zip_in_a_folder_of_any_name(tmp_path):
    archive = _zipped(tmp_path, {"Export of May/2019/lac.jpg": b"one", "Export of May/x.pdf": b""})
    with open_uploads(archive) as uploads:
        assert uploads.read("2019/lac.jpg") == b"one"


def test_sizes_largest_first(tmp_path):
    names = ["lac-300x200.jpg", "lac-1024x683.jpg", "lac-scaled-150x150.jpg", "lacs-9x9.jpg"]
    archive = _zipped(tmp_path, {f"2019/{name}": b"." for name in names})
    with open_uploads(archive) as uploads:
        found = uploads.sizes_of("2019/lac.jpg")
    assert found == [f"2019/{name}" for name in (names[1], names[0], names[2])]


def test_links_are_not_followed_out_of_the_folder(tmp_path):
    folder = tmp_path / "uploads"
    folder.mkdir()
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    (folder / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    os.mkfifo(folder / "pipe.jpg")
    with open_uploads(folder) as uploads:
        for name in ("link.jpg", "pipe.jpg", "../secret.jpg"):
            with pytest.raises(FileRefused):
                uploads.read(name, LIMIT)


def test_hostile_names_of_a_zip_are_named_and_never_read(tmp_path):
    link = zipfile.ZipInfo("2019/link.jpg")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "uploads.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../etc/passwd", "root")
        archive.writestr("/etc/shadow", "root")
        archive.writestr("2019/lac.jpg", "one")
        archive.writestr(link, "/etc/passwd")
    with open_uploads(path) as uploads:
        assert [name for name, _reason in uploads.refused] == ["../../etc/passwd", "/etc/shadow"]
        assert uploads.read("2019/lac.jpg") == b"one"
        with pytest.raises(FileRefused):
            uploads.read("2019/link.jpg")
        with pytest.raises(FileRefused):
            uploads.read("../../etc/passwd")


def test_large_files_are_refused_by_their_declared_and_their_real_size(tmp_path):
    path = _zipped(tmp_path, {"bomb.jpg": bytes(5_000_000), "lac.jpg": b"one"})
    lying = tmp_path / "lying.zip"
    # The sizes that the archive declares, of the unpacked file, say a hundred bytes.
    lying.write_bytes(path.read_bytes().replace((5_000_000).to_bytes(4, "little"), b"\x64\0\0\0"))
    for archive in (path, lying):
        with open_uploads(archive) as uploads:
            with pytest.raises(FileRefused):
                uploads.read("bomb.jpg", LIMIT)
            assert uploads.read("lac.jpg", LIMIT) == b"one"
    folder = tmp_path / "uploads"
    folder.mkdir()
    with (folder / "large.jpg").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with open_uploads(folder) as uploads, pytest.raises(FileRefused, match="200"):
        uploads.read("large.jpg", LIMIT)


def test_archives_that_cannot_be_used_are_refused_in_words(tmp_path):
    html = tmp_path / "page.zip"
    html.write_text("<html>Not found</html>")
    huge = tmp_path / "huge.zip"
    content = bytearray(_zipped(tmp_path, {"lac.jpg": b"one"}).read_bytes())
    end = content.rfind(b"PK\5\6")
    content[end + 12 : end + 16] = (500_000_000).to_bytes(4, "little")
    huge.write_bytes(content)
    for path in (html, huge, tmp_path / "missing.zip"):
        with pytest.raises(UploadsRefused, match=path.name):
            open_uploads(path)


def test_damage_in_a_zip_concerns_one_file(tmp_path):
    path = _zipped(tmp_path, {"lac.jpg": os.urandom(400), "other.jpg": b"two"})
    content = bytearray(path.read_bytes())
    content[60:80] = bytes(20)
    path.write_bytes(content)
    with open_uploads(path) as uploads:
        with pytest.raises(FileRefused):
            uploads.read("lac.jpg", LIMIT)
        assert uploads.read("other.jpg", LIMIT) == b"two"


def test_without_uploads_there_is_no_file():
    with open_uploads(None) as uploads:
        assert uploads.read("2019/lac.jpg") is None
