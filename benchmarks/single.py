"""Run one flow in this process, and write what came of it to a file."""

import argparse
import json
from importlib import import_module
from pathlib import Path

import django

from benchmarks.catalogue import BY_NAME


def run(flow, articles):
    """Prepare, measure, and only then look at what was done."""
    module, _dot, name = flow.steps.rpartition(".")
    steps = getattr(import_module(f"benchmarks.flows.{module}"), name)(articles)
    steps.prepare()
    measurements = steps.measure()
    done = steps.done()
    return {
        "flow": flow.name,
        "measurements": [each.as_dict() for each in measurements],
        "done": done,
        "failures": flow.failures(done, articles),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("flow", choices=BY_NAME)
    parser.add_argument("articles", type=int)
    parser.add_argument("answer", type=Path)
    arguments = parser.parse_args()
    django.setup()
    answer = run(BY_NAME[arguments.flow], arguments.articles)
    arguments.answer.write_text(json.dumps(answer))


if __name__ == "__main__":
    main()
