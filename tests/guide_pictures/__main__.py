"""Take the pictures of the guides and of the README anew, into docs/images.

They are taken of a demo journal in a folder of its own, once in each language of the admin:
`make guide-pictures ARGS="--languages fr --pictures guide-tab,guide-ask"` takes some of them. With
`--again` the demo that was loaded before is used. Pictures have 256 colours, to be small.
"""

import argparse
import os
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Error, sync_playwright

from tests.guide_pictures.pictures import PICTURES
from tests.guide_pictures.windows import PASSWORD, Windows
from tests.screens.camera import launch_chromium
from tests.screens.journal import ROOT, fill_journal, run_in, served_journal

FOLDER = ROOT / "var" / "guide-pictures"
IMAGES = ROOT / "docs" / "images"
COLOURS = 256


def arguments():
    parser = argparse.ArgumentParser(prog="make guide-pictures ARGS=…", description=__doc__)
    parser.add_argument("--languages", default="en,fr")
    parser.add_argument("--pictures", help="only these, by their names without language")
    parser.add_argument("--again", action="store_true", help="do not load the demo anew")
    parser.add_argument("--into", type=Path, default=IMAGES, help="the folder of the pictures")
    return parser.parse_args()


def copied_demo(language, again):
    """A folder with a demo journal that no picture has changed yet, its admin in ``language``."""
    loaded, folder = FOLDER / "loaded", FOLDER / language
    os.environ["DEMO_PASSWORD"] = PASSWORD
    if not again or not loaded.exists():
        shutil.rmtree(loaded, ignore_errors=True)
        loaded.mkdir(parents=True)
        fill_journal(loaded)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(loaded, folder)
    run_in(folder, "-m", "tests.guide_pictures.preparation", language)
    return folder


def save(shot, path):
    """Save ``shot``, the path of a screenshot, with few colours."""
    with Image.open(shot) as image:
        image.convert("RGB").quantize(COLOURS).save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size // 1000} KB")


def take(browser, language, wanted, options):
    """Take the pictures; returns what was said of those that failed."""
    folder = copied_demo(language, options.again)
    failed = []
    with served_journal(folder) as address:
        windows = Windows(browser, address, language, folder / "db.sqlite3")
        for picture in wanted:
            shot = folder / f"{picture.name}.png"
            try:
                picture.take(windows, shot)
            except Error as error:
                failed.append(f"{picture.file_name(language)}: {error}")
            else:
                save(shot, options.into / picture.file_name(language))
            windows.close()
    return failed


def main():
    options = arguments()
    options.into.mkdir(parents=True, exist_ok=True)
    names = options.pictures.split(",") if options.pictures else [each.name for each in PICTURES]
    failed = []
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        for language in options.languages.split(","):
            wanted = [each for each in PICTURES if each.name in names and each.is_in(language)]
            failed += take(browser, language, wanted, options)
            # The second language is taken of a copy of the same demo.
            options.again = True
        browser.close()
    if failed:
        sys.exit("\n".join(failed))


if __name__ == "__main__":
    main()
