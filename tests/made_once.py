"""Files and folders that take long to make: the first process that asks makes them, for all."""

import fcntl
import shutil


def made_once(folder, name, make, state="made"):
    """The path in ``folder`` of what ``make`` writes at a path that it is given.

    It is made if there is none of that ``name`` and ``state``; one of another state is deleted.
    Processes that ask at the same time wait for one of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    original = folder / f"{name}-{state}"
    with open(folder / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not original.exists():
            for outdated in folder.glob(f"{name}-*"):
                shutil.rmtree(outdated) if outdated.is_dir() else outdated.unlink()
            half_done = folder / f"{name}-new"
            make(half_done)
            half_done.rename(original)
    return original
