"""Work spread over processes: in order, each item once, and nobody is left whatever happens."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from processes import end_all, living, wait_until
from watchspec.workers import count_workers, map_in_processes

MANY = 1_000_000
SLOW_WORK = """\
import os, signal, sys, time
from watchspec.workers import map_in_processes

def work(number):
    time.sleep(0.05)
    return number

try:
    for number in map_in_processes(work, range(2000), 3):
        print(number, flush=True)
except KeyboardInterrupt:
    print("interrupted", file=sys.stderr)
    sys.exit(130)
"""


class UntransportableError(Exception):
    """An error that no pipe can carry."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.inside = lambda: None


def answer_later_first(number: int) -> int:
    time.sleep(0.02 * (6 - number))
    return number * 10


@pytest.mark.parametrize("workers", [1, 2, 3, 6, 9])
def test_results_come_in_the_order_of_the_items(workers: int) -> None:
    results = list(map_in_processes(answer_later_first, range(6), workers))

    assert results == [0, 10, 20, 30, 40, 50]


def test_no_items_give_no_results() -> None:
    assert list(map_in_processes(answer_later_first, [], 1)) == []


def test_every_nth_item_goes_to_the_nth_process() -> None:
    processes = list(map_in_processes(lambda _: os.getpid(), range(9), 3))

    assert processes == processes[:3] * 3
    assert len({*processes, os.getpid()}) == 4


def test_first_result_is_there_before_the_last_is_computed(tmp_path: Path) -> None:
    seen = tmp_path / "seen"

    def wait_for_reader(number: int) -> int:
        if number:
            wait_until(seen.exists)
        return number

    results = map_in_processes(wait_for_reader, range(4), 2)
    first = next(results)
    seen.touch()

    assert first == 0
    assert list(results) == [1, 2, 3]


def test_results_larger_than_a_pipe_arrive_whole() -> None:
    results = list(map_in_processes(lambda number: f"{number}" * MANY, range(5), 2))

    assert results == [f"{number}" * MANY for number in range(5)]


def fail_at_two(number: int) -> int:
    if number == 2:
        raise ValueError("two")
    return number


def test_exception_in_a_process_is_raised_after_the_results_before_it() -> None:
    results = map_in_processes(fail_at_two, range(6), 2)

    before = [next(results), next(results)]
    with pytest.raises(ValueError, match=r"^two$"):
        next(results)

    assert before == [0, 1]
    assert multiprocessing.active_children() == []


def test_exception_that_cannot_be_sent_is_named_all_the_same(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def fail(_: int) -> int:
        raise UntransportableError("inside")

    with pytest.raises(Exception, match="UntransportableError"):
        list(map_in_processes(fail, range(2), 2))

    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("how", ["exit", "kill"])
def test_process_that_dies_is_an_error_after_the_results_before_it(how: str) -> None:
    def die_at_two(number: int) -> int:
        if number == 2:
            if how == "exit":
                os._exit(0)
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    results = map_in_processes(die_at_two, range(6), 2)

    before = [next(results), next(results)]
    with pytest.raises(RuntimeError, match=r"^a worker process has died$"):
        next(results)

    assert before == [0, 1]
    assert multiprocessing.active_children() == []


def test_reader_who_has_enough_waits_for_nobody() -> None:
    def work(number: int) -> int:
        time.sleep(600 if number else 0)
        return number

    results = map_in_processes(work, range(4), 2)
    first = next(results)
    results.close()  # type: ignore[attr-defined] # a generator, though called an iterator

    assert first == 0
    assert multiprocessing.active_children() == []


def test_process_that_is_ended_while_it_starts_says_nothing(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def work(number: int) -> int:
        time.sleep(600 if number else 0)
        return number

    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        for _ in range(20):
            results = map_in_processes(work, range(4), 4)
            next(results)
            results.close()  # type: ignore[attr-defined] # a generator, though called an iterator
    finally:
        signal.signal(signal.SIGTERM, before)

    assert multiprocessing.active_children() == []
    assert capfd.readouterr() == ("", "")


def start_slow_work(folder: Path) -> subprocess.Popen[str]:
    """A process that has given work to three others, in a group of its own."""
    with (folder / "said").open("wb") as said:
        starter = subprocess.Popen(
            [sys.executable, "-c", SLOW_WORK],
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            start_new_session=True,
        )
    assert starter.stdout is not None
    assert starter.stdout.readline() == "0\n"
    assert len(living(starter.pid)) == 4
    return starter


def what_is_left(starter: subprocess.Popen[str]) -> list[int]:
    """The processes of a group once all had time to end, and then ended."""
    try:
        starter.communicate(timeout=60)
        wait_until(lambda: not living(starter.pid), 20)
        return living(starter.pid)
    finally:
        end_all(starter.pid)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_nobody_outlives_a_starter_that_dies(tmp_path: Path, number: int) -> None:
    starter = start_slow_work(tmp_path)

    starter.send_signal(number)
    left = what_is_left(starter)

    assert (starter.returncode, left) == (-number, [])
    assert (tmp_path / "said").read_text("utf-8") == ""


def test_interruption_is_for_the_starter_alone(tmp_path: Path) -> None:
    starter = start_slow_work(tmp_path)

    os.killpg(starter.pid, signal.SIGINT)
    left = what_is_left(starter)

    assert (starter.returncode, left) == (130, [])
    assert (tmp_path / "said").read_text("utf-8") == "interrupted\n"


def test_reader_that_goes_away_ends_everybody(tmp_path: Path) -> None:
    starter = start_slow_work(tmp_path)

    assert starter.stdout is not None
    starter.stdout.close()
    starter.stdout = None
    left = what_is_left(starter)

    assert left == []


def test_there_are_no_more_processes_than_items_or_cores() -> None:
    cores = os.cpu_count() or 1

    assert [count_workers(items) for items in (0, 1, MANY)] == [1, 1, cores]
