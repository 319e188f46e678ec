"""Long work in short transactions, between which others have their turn to write."""

from time import monotonic, sleep, thread_time

#: The shortest pause after a transaction: who waits for SQLite asks again after a tenth of a
#: second.
PAUSE = 0.11


def with_pause(step, *arguments):
    """Do ``step``, which is a transaction, then let others write as long as it took.

    Returns its seconds of the processor.
    """
    begun, processor = monotonic(), thread_time()
    step(*arguments)
    sleep(max(PAUSE, monotonic() - begun))
    return max(thread_time() - processor, 0.001)


def fitting_size(count, took, longest, smallest, largest):
    """How many rows the next part should have, after one of ``count`` that ``took`` seconds."""
    return max(smallest, min(largest, int(count * longest / took)))
