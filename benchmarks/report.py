"""What a run found, for people and for programs."""

import json
import os
import platform
import sqlite3
import subprocess
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("Django", "wagtail", "django-modeltranslation", "modelsearch", "gunicorn")
HEADINGS = ("flow", "case", "queries", "writes", "cpu ms", "ms", "slowest")
WIDTHS = (25, 15, 8, 8, 10, 10, 10)
COMPARED = ("queries", "writes", "processor", "milliseconds")
#: The case that the others of a flow are compared with.
BASELINE = "stock"


def versions():
    """What a number depends on, beside the code."""
    return {
        "python": platform.python_version(),
        **{package: version(package) for package in PACKAGES},
        "SQLite": sqlite3.sqlite_version,
        "platform": platform.platform(),
        "processors": os.cpu_count(),
        "commit": commit(),
    }


def commit():
    """The commit that was measured, with a `+` if files differ from it; empty without Git."""
    try:
        answer = subprocess.run(
            ["git", "describe", "--always", "--dirty=+", "--exclude=*"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return answer.stdout.strip()


def ratios(measurements):
    """How much more each case costs than the stock one: ``{case: {unit: ratio}}``."""
    stock = next((each for each in measurements if each["case"] == BASELINE), None)
    if stock is None:
        return {}
    return {
        each["case"]: {unit: round(each[unit] / stock[unit], 2) for unit in COMPARED}
        for each in measurements
        if each is not stock
    }


def print_heading():
    print(row(HEADINGS))
    print(row("-" * (width - 1) for width in WIDTHS))


def print_result(result):
    for measured in result["measurements"]:
        names = ("case", *COMPARED, "slowest")
        print(row([result["flow"], *(measured[name] for name in names)]))
    for ratio in ratios(result["measurements"]).values():
        print(row([result["flow"], f"÷ {BASELINE}", *ratio.values()]))
    if any(measured["queries"] is None for measured in result["measurements"]):
        print("  " + ", ".join(f"{unit}: {number}" for unit, number in result["done"].items()))
    for failure in result["failures"]:
        print(f"  FAILED {failure}")


def row(values):
    cells = []
    for position, (value, width) in enumerate(zip(values, WIDTHS, strict=False)):
        text = "–" if value is None else str(value)
        cells.append(text.ljust(width) if position < 2 else text.rjust(width))
    return " ".join(cells).rstrip()


def write(path, articles, results):
    """The whole run as JSON, with the ratios and the statements that were repeated."""
    content = {
        "articles": articles,
        "versions": versions(),
        "flows": [{**result, "ratios": ratios(result["measurements"])} for result in results],
    }
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")
