"""Loaded before Django: a data folder of its own for the test process, and settings that fit tests."""

import atexit
import os
import shutil
import tempfile

if "GONGKAI_HOME" not in os.environ or os.environ.get("GONGKAI_TEST_HOME") != os.environ["GONGKAI_HOME"]:
    _home = tempfile.mkdtemp(prefix="gongkai-tests-")
    os.environ["GONGKAI_HOME"] = _home
    os.environ["GONGKAI_TEST_HOME"] = _home
    atexit.register(shutil.rmtree, _home, ignore_errors=True)

os.environ.setdefault("GONGKAI_HASHED_STATIC", "false")
os.environ.setdefault("GONGKAI_SECURE_COOKIES", "false")
os.environ.setdefault("GONGKAI_LOG_LEVEL", "ERROR")
# Tests start from a bare process: the test client's host must be allowed.
os.environ.setdefault("GONGKAI_ALLOWED_HOSTS", "testserver,127.0.0.1,localhost")
