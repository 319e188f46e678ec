"""Check the markup of every page that can be reached in the demo, and of what answers instead.

The checker is vnu.jar, which `npm install vnu-jar` brings; it needs Java. All pages are given to it
at once. What it has to say of a page is printed with the page's address, and the command fails.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.screens.journal import filled_journal

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "markup"
SITE = "http://127.0.0.1:8000"
#: What no link leads to: searches, answers to what is not there, a page past the last.
BESIDE = (
    "{language}/search/?q=la",
    "{language}/search/?q=la&page=2",
    "{language}/search/?q=zxzxzx",
    "{language}/search/?q=%22%3Cb%3E%26",
    "{language}/zxzxzx/",
    "{language}/articles/?page=99",
)


def arguments():
    parser = argparse.ArgumentParser(prog="make markup", description=__doc__)
    parser.add_argument("jar", type=Path, help="where vnu.jar is")
    parser.add_argument("--journal", type=Path, help="the folder of a journal that is filled")
    parser.add_argument("--warnings", action="store_true", help="show what is only advised, too")
    return parser.parse_args()


def pages_of(folder):
    """The markup of all pages by address, asked of the journal in ``folder`` as readers ask."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "DIPTYCH_VAR": str(folder)}
    import django

    django.setup()
    from tests.operations.crawling import crawl

    beside = [path.format(language=language) for language in ("fr", "en") for path in BESIDE]
    answers = crawl(f"{SITE}/")
    for path in beside:
        answers |= crawl(f"{SITE}/{path}", follow=False)
    return {address: each.content for address, each in answers.items() if each.page}


def write_down(pages, folder):
    """Each page in a file of its own; returns the addresses by file."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.html"):
        old.unlink()
    files = {}
    for number, (address, content) in enumerate(sorted(pages.items()), 1):
        path = folder / f"{number:04}.html"
        path.write_bytes(content)
        files[path.name] = address
    return files


def faults_found(jar, folder, files, with_warnings):
    """What the checker says, one line for each message."""
    level = [] if with_warnings else ["--errors-only"]
    command = ["java", "-Xss2m", "-jar", jar, "--format", "json", *level, folder]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        messages = json.loads(answer.stderr)["messages"]
    except ValueError:
        sys.exit(f"The checker could not run:\n{answer.stderr}")
    return [
        f"{files[each['url'].rpartition('/')[2]]}:{each.get('lastLine', '?')}: {each['message']}"
        for each in messages
    ]


def main():
    options = arguments()
    if not options.jar.is_file():
        sys.exit(f"There is no {options.jar}: `npm install vnu-jar`, or `make markup VNU=…`.")
    pages = pages_of(options.journal or filled_journal(FOLDER / "journal"))
    files = write_down(pages, FOLDER / "pages")
    faults = faults_found(options.jar, FOLDER / "pages", files, options.warnings)
    print(*faults, f"{len(files)} pages, {len(faults)} faults", sep="\n")
    if faults:
        sys.exit(1)


if __name__ == "__main__":
    main()
