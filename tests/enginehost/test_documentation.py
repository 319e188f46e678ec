"""The guide for hosts shows what the host of these tests is made of."""

import re
from pathlib import Path

HERE = Path(__file__).parent
GUIDE = HERE.parents[1] / "docs" / "engine.md"
BLOCK = re.compile(r"^```(?:python|django)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def squeezed(text):
    """The lines of ``text`` without blanks at either end."""
    return "\n".join(line.strip() for line in text.splitlines())


def test_each_example_is_code_of_the_host():
    files = [*HERE.glob("enginehost/*.py"), *HERE.glob("enginehost/templates/**/*.html")]
    code = [squeezed(path.read_text()) for path in files]
    blocks = BLOCK.findall(GUIDE.read_text())
    assert len(blocks) >= 7
    for block in blocks:
        for part in block.split("    ...,\n]\n"):
            assert any(squeezed(part) in text for text in code), part
