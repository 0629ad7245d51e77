"""Workers: there are as many as asked for, they begin by getting ready, and none outlives its build."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assembly.refusal import Refusal
from assembly.workers import workers
from tests.plans import ROOT

BUILD = """
import os, time
from assembly.workers import workers
with workers(2) as pool:
    print(*{future.result() for future in [pool.submit(os.getpid) for _ in range(9)]}, flush=True)
    time.sleep(60)
"""
PATIENCE = 10.0  # seconds


def refuse() -> None:
    raise Refusal("falsche Fassung")


class UntoldError(Exception):
    """An error that cannot be sent from one process to another."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} {other}")


def fail() -> None:
    raise ValueError("so nicht")


def fail_untold() -> None:
    raise UntoldError("so", "nicht")


def test_one_job_needs_no_worker() -> None:
    with workers(1) as pool:
        assert pool is None


def test_work_is_done_by_other_processes() -> None:
    with workers(2) as pool:
        assert pool is not None
        assert pool.submit(os.getpid).result() != os.getpid()


def test_a_refusal_while_getting_ready_is_left_to_who_asks_for_work() -> None:
    with workers(2, refuse) as pool:
        assert pool is not None
        assert pool.submit(abs, -3).result() == 3
        with pytest.raises(Refusal):
            pool.submit(refuse).result()


def test_an_error_says_where_it_was_raised() -> None:
    with workers(2) as pool:
        assert pool is not None
        with pytest.raises(ValueError, match="so nicht") as found:
            pool.submit(fail).result()
        assert "in fail" in found.value.__notes__[0]
        with pytest.raises(RuntimeError, match="in fail_untold"):
            pool.submit(fail_untold).result()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much memory a process holds")
def test_a_worker_that_has_grown_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assembly.workers.MOST_MEMORY", 0)
    with workers(2) as pool:
        assert pool is not None
        pids = [future.result() for future in [pool.submit(os.getpid) for _ in range(9)]]
    assert len(set(pids)) == len(pids)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent has died")
def test_a_killed_build_leaves_no_worker_behind() -> None:
    build = subprocess.Popen([sys.executable, "-c", BUILD], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert build.stdout is not None
    with build, build.stdout:
        pids = build.stdout.readline().split()
        assert pids
        build.send_signal(signal.SIGKILL)
    end = time.monotonic() + PATIENCE
    while (alive := [pid for pid in pids if _is_alive(pid)]) and time.monotonic() < end:
        time.sleep(0.05)
    assert alive == []


def _is_alive(pid: str) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
