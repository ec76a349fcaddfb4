"""Work spread over processes that cannot outlive whoever started them.

The pools of the standard library hold both ends of their queues in every worker, so that workers of a
process that was killed wait for ever. Here each worker gets its share when it starts, sends its
results through a pipe of its own, and ends when nobody reads them any more.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_HELD = (signal.SIGINT, signal.SIGTERM)


def process_context() -> Any:  # noqa: ANN401 - typeshed gives its contexts no common Process
    """Forking is quickest, because what is loaded already is shared; where it is missing, spawn."""
    kind = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    return multiprocessing.get_context(kind)


def count_workers(items: int) -> int:
    """How many processes are worth having for so many items."""
    return max(1, min(items, os.cpu_count() or 1))


@contextmanager
def hold_signals() -> Iterator[None]:
    """Keep interruptions back while a process starts; it lets them in once it knows what they mean.

    A forked process begins with the handlers of its starter, whose exceptions would be lost there.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows, where no process is forked
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _HELD)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def let_signals_in() -> None:
    """What a process that was started under `hold_signals` calls when its handlers are set."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD)


def map_in_processes(
    function: Callable[[Item], Result], items: Sequence[Item], workers: int
) -> Iterator[Result]:
    """The results of a function in the order of the items, computed by so many processes.

    An exception in a worker is raised here. Every nth item goes to the nth worker.
    """
    context = process_context()
    started: list[tuple[Any, Connection]] = []
    try:
        for number in range(workers):
            near, far = context.Pipe(duplex=False)
            others = [end for _, end in started] + [near]
            share = items[number::workers]
            process = context.Process(
                target=_work, args=(function, share, far, others), daemon=True
            )
            with hold_signals():
                process.start()
                started.append((process, near))
            far.close()
        for index in range(len(items)):
            yield _receive(started[index % workers][1])
    finally:
        for process, near in started:
            near.close()
            process.terminate()
        for process, _ in started:
            process.join()


def _receive(end: Connection) -> Any:  # noqa: ANN401 - whatever the function gives
    try:
        result = end.recv()
    except EOFError:
        raise RuntimeError("a worker process has died") from None
    if isinstance(result, BaseException):
        raise result
    return result


def _make_portable(error: Exception) -> Exception:
    """The error itself if a pipe can carry it, else one that names it."""
    try:
        ForkingPickler.loads(ForkingPickler.dumps(error))
    except Exception:  # noqa: BLE001 - whatever pickling runs into
        return RuntimeError(f"{type(error).__name__} in a worker process")
    return error


def _work(
    function: Callable[[Any], Any], share: Sequence[Any], end: Connection, others: list[Connection]
) -> None:
    """The life of a worker: its share, one item after the other."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the starter decides what an interruption means
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    let_signals_in()
    for other in others:  # ends inherited from the starter would keep dead pipes open
        other.close()
    try:
        for item in share:
            try:
                result = function(item)
            except Exception as error:  # noqa: BLE001 - raised again by the starter
                result = _make_portable(error)
            end.send(result)
    except OSError:
        return  # nobody reads any more
