"""What follows a stored change is registered in one way, in which it cannot spoil the answer."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WAY_IN = ROOT / "articles" / "languages" / "config" / "background.py"


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
    assert not uses, (
        f"Use diptych.articles.languages.config.background.after_commit: {', '.join(uses)}"
    )


def test_after_commit_registers_robust_work():
    calls = [
        node
        for node in ast.walk(ast.parse(WAY_IN.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", None) == "on_commit"
    ]
    [call] = calls
    assert any(each.arg == "robust" and each.value.value is True for each in call.keywords)


#: Where a task is queued at once: an error undoes the change, is caught, or nothing is stored.
QUEUED_AT_ONCE = {
    "articles/images/pictures.py": "called after the commit",
    "articles/images/alt_texts/stored_problems.py": "called after the commit",
    "articles/languages/bin/files.py": "in the transaction, as Wagtail does",
    "articles/languages/routes/frontend_caches.py": "called after the commit; what fails is kept",
    "articles/languages/index/indexing.py": "in the transaction, as Wagtail does",
    "articles/related/tasks.py": "called after the commit",
    "articles/transfer/admin/running.py": "by a timer, stored before; what fails waits on",
    "site/operations/background.py": "a backend of tasks",
    "site/operations/mail/password_reset.py": "nothing is stored before",
    "site/operations/monitoring/admin/background_work.py": "nothing is stored before",
    "site/operations/task_queue.py": "a backend of tasks",
}


def test_tasks_are_queued_after_the_commit():
    uses = set()
    for folder in ("articles", "themes", "site"):
        for path in (ROOT / folder).rglob("*.py"):
            calls = (
                node
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(node, ast.Call) and getattr(node.func, "attr", None) == "enqueue"
            )
            if any(getattr(each.func.value, "id", None) != "sending" for each in calls):
                uses.add(str(path.relative_to(ROOT)))
    new = uses - QUEUED_AT_ONCE.keys()
    assert not new, f"Queue it by after_commit(task.enqueue, …), or say here why not: {new}"
    assert QUEUED_AT_ONCE.keys() <= uses, "Remove what queues nothing any more."
