"""What gunicorn reads when it is started in this folder; options of its command override it."""

import os
import shutil
import tempfile

# The site is loaded once, before the workers are forked, which share that memory. It is loaded anew
# by a restart, not by a reload.
preload_app = True

# The address and what stands before it are not taken from headers, which proxies may pass on from
# readers. The variable SCRIPT_NAME names a path below which the site stands.
forwarder_headers = ""

# For metrics, workers write what they count into files of one folder, which are added up. A folder
# is the first process's own: two servers, or one that replaces another, do not share it.
metrics_prefix = f"diptych-metrics-{os.getpid()}-"
if os.environ.get("METRICS_TOKEN"):
    #: The folder into which the workers of one server write what they count: gunicorn makes one of
    #: its own; another server needs an empty one, or a single process.
    known = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
    if not os.path.basename(known).startswith(metrics_prefix):
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix=metrics_prefix)


def child_exit(server, worker):
    """Forget what a worker had waiting, not what it counted."""
    if os.environ.get("METRICS_TOKEN"):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)


def on_exit(server):
    """Delete the folder."""
    if os.environ.get("METRICS_TOKEN"):
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
