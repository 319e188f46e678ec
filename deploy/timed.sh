#!/bin/sh
# The commands of a timer, from the folder of manage.py: sh deploy/timed.sh schedules|nightly|upkeep
# All of them are run, whichever fails; the exit status says whether one did.
set -u

python=python
if [ -x .venv/bin/python ]; then
    python=.venv/bin/python
fi
failed=0

manage() {
    if ! "$python" manage.py "$@"; then
        echo "$1 failed." >&2
        failed=1
    fi
}

# Whether the tasks are kept in the database, for a worker.
has_worker() {
    case "${TASK_WORKER:-}" in
        [Tt]* | [Yy]* | [Oo][Nn] | 1) true ;;
        *) false ;;
    esac
}

case "${1:-}" in
    # What is due is published and unpublished; e-mails and suggestions that failed are tried again.
    # Imports that failed to begin are left to the worker: here, the next run would wait for them.
    schedules)
        manage publish_scheduled
        manage send_waiting_mail
        manage diptych_send_newsletter
        manage rebuild_related --waiting
        if has_worker; then manage import_wordpress --waiting; fi
        ;;
    # What has been in the bin for a month, sessions that have ended, sign-ins of a quarter ago, and
    # background work that is done.
    nightly)
        manage empty_bin
        manage forget_old
        if has_worker; then manage prune_db_task_results --backend background; fi
        ;;
    # What is wrong with pages, indexes and files is mended; all suggestions are counted anew.
    upkeep)
        manage upkeep --fix
        manage rebuild_related
        ;;
    *)
        echo "usage: timed.sh schedules|nightly|upkeep" >&2
        exit 2
        ;;
esac
exit "$failed"
