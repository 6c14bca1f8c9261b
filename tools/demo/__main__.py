"""``make demo``: the whole system on embedded defaults with the city of 清岚. Ctrl-C ends everything."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tools.demo import city

_READY_MARK = "demo-is-complete"
_START_SECONDS = 60


def main(words: list[str]) -> int:
    """``up`` starts (and fills an empty data folder first); ``reset`` empties the data folder, then starts."""
    home = Path(os.environ.get("GONGKAI_HOME", "./var")).resolve()
    port = int(os.environ.get("PORT", "8000"))
    environment = os.environ | {
        "GONGKAI_HOME": str(home),
        "GONGKAI_DEMO": "true",
        "GONGKAI_PUBLIC_BASE_URL": f"http://127.0.0.1:{port}",
        "GONGKAI_LOG_LEVEL": os.environ.get("GONGKAI_LOG_LEVEL", "WARNING"),
    }
    if words == ["reset"] and not _forget(home):
        return 2
    if (home / _READY_MARK).exists():
        _gongkai(environment, "manage", "migrate", "--verbosity", "0")  # the code may be newer than the data
    else:
        _fill(home, environment)
    return _run(environment, port)


def _forget(home: Path) -> bool:
    # Only a folder that the demo itself filled may be emptied.
    if not home.exists():
        return True
    if any(home.iterdir()) and not (home / "demo-data").exists():
        print(f"{home} does not hold demo data; nothing was deleted.", file=sys.stderr)
        return False
    shutil.rmtree(home)
    return True


def _fill(home: Path, environment: dict[str, str]) -> None:
    if home.exists() and (home / "demo-data").exists():
        print("The last preparation was interrupted; starting again from an empty folder.", flush=True)
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True)
    (home / "demo-data").touch()
    print(f"Preparing the fictional city {city.CITY} in {home} …", flush=True)
    _gongkai(environment, "manage", "migrate", "--verbosity", "0")
    subprocess.run([sys.executable, "-m", "tools.demo.story"], env=environment, check=True)
    (home / _READY_MARK).touch()


def _gongkai(environment: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "-m", "gongkai.config", *words], env=environment, check=True)


def _run(environment: dict[str, str], port: int) -> int:
    commands = (["serve", "--port", str(port)], ["worker"])
    running = [
        subprocess.Popen([sys.executable, "-m", "gongkai.config", *words], env=environment) for words in commands
    ]
    try:
        if not _wait_until_ready(port, running):
            print("The server did not start.", file=sys.stderr)
            return 1
        _greet(port)
        while all(process.poll() is None for process in running):
            time.sleep(0.5)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        _end(running)


def _end(running: list[subprocess.Popen[bytes]]) -> None:
    for process in running:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    for process in running:
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_until_ready(port: int, running: list[subprocess.Popen[bytes]]) -> bool:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and all(process.poll() is None for process in running):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def _greet(port: int) -> None:
    base = f"http://127.0.0.1:{port}"
    print(f"\n  Portal  {base}/\n  Desk    {base}/desk/\n  API     {base}/api/public/v1/entries\n")
    print(f"  Demo accounts (password {city.PASSWORD}):")
    for person in city.people():
        if person.shown_at_start:
            print(f"    {person.username:<8}{person.name}  {person.shown_at_start}")
    print("\n  Ctrl-C ends everything.", flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main(sys.argv[1:]))
