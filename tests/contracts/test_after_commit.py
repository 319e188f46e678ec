"""What follows a stored change is registered in one way, in which it cannot spoil the answer."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WAY_IN = ROOT / "articles" / "languages" / "background.py"


def test_nothing_but_after_commit_registers_work_after_a_transaction():
    uses = []
    for folder in ("articles", "themes", "site"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            if "on_commit" not in text or path == WAY_IN:
                continue
            uses += [
                f"{path.relative_to(ROOT)}:{node.lineno}"
                for node in ast.walk(ast.parse(text))
                if "on_commit" in (getattr(node, "id", None), getattr(node, "attr", None))
            ]
    assert not uses, f"Use articles.languages.background.after_commit: {', '.join(uses)}"


def test_after_commit_registers_robust_work():
    calls = [
        node
        for node in ast.walk(ast.parse(WAY_IN.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", None) == "on_commit"
    ]
    [call] = calls
    assert any(each.arg == "robust" and each.value.value is True for each in call.keywords)
