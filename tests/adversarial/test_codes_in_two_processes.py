"""Processes that ask for second factors at the same time take a code once, and count together."""

import sys
from subprocess import PIPE, Popen

import pytest

from tests.migrated import copy_migrated
from tests.servers import ROOT, checked_python, production_environment

pytestmark = pytest.mark.adversarial

SET_UP = """
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import get_user_model

TOTP.activate(get_user_model().objects.create_user("owner"), "JBSWY3DPEHPK3PXP")
"""
#: Both processes begin at the same moment, and try the same code and as many wrong ones.
TRY = """
import sys, time
from allauth.core.ratelimit import consume
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import RequestFactory

factor, began = Authenticator.objects.get().wrap(), float({moment})
code = format_hotp_value(hotp_value("JBSWY3DPEHPK3PXP", int(began) // 30))
request = RequestFactory().post("/")
time.sleep(max(began - time.time(), 0))
taken = factor.validate_code(code)
tries = sum(bool(consume(request, action="login_failed", key="owner")) for _time in range(12))
print(int(taken), tries)
"""


@pytest.mark.usefixtures("django_db_setup")
@pytest.mark.parametrize("redis", ["", "redis://127.0.0.1:1"])
def test_a_code_is_good_once_and_five_are_tried(tmp_path, redis):
    pytest.importorskip("allauth")
    environment = production_environment(
        tmp_path, SECOND_FACTOR="true", REDIS_URL=redis, LOG_LEVEL="CRITICAL"
    )
    copy_migrated(tmp_path / "journal.sqlite3")
    checked_python(environment, "manage.py", "prepare", "-v0")
    shell = ("manage.py", "shell", "--no-imports", "-c")
    checked_python(environment, *shell, SET_UP)
    moment = checked_python(environment, "-c", "import time; print(time.time() + 8)").strip()
    script = TRY.replace("{moment}", moment)
    command = [sys.executable, *shell, script]
    running = [Popen(command, env=environment, cwd=ROOT, stdout=PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=60)[0].split()[-2:] for process in running]
    assert sum(int(taken) for taken, _tries in said) == 1
    assert sum(int(tries) for _taken, tries in said) == 5
