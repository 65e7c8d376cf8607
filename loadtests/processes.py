"""Processes of a run: those of the crowd, which are told what to do over a pipe, and the accounting of anyone's CPU.

A worker is a class with a `prepare` and methods; it lives in a process of its own, so that the crowd's work is never
counted as the server's, and none outlives the run.
"""

import multiprocessing
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Final, Generic, TypeVar, cast

import psutil

_ANSWER_SECONDS: Final = 180
_OPEN_FILES: Final = 16384

T = TypeVar("T")


class CrowdFault(Exception):
    """The load side failed: what it was doing, and why. The figures of this run mean nothing."""


@dataclass(frozen=True, slots=True)
class _Failed:
    reason: str


class Worker(Generic[T]):
    """A process that holds one T, made there by `make(*arguments)`; `call` runs a method of it and brings the
    answer.
    """

    def __init__(self, make: Callable[..., T], *arguments: object) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._name = getattr(make, "__name__", str(make))
        self._process = context.Process(target=_work, args=(theirs, make, arguments), daemon=True)
        self._process.start()
        theirs.close()
        self._take("start")

    @property
    def pid(self) -> int:
        """Its process id, for the accounting."""
        return cast(int, self._process.pid)

    def tell(self, method: str, *arguments: object) -> None:
        """Begin `method`; `answer` waits for its end."""
        self._pipe.send((method, arguments))

    def answer(self, method: str) -> Any:
        """What the method that was told last has answered."""
        return self._take(method)

    def call(self, method: str, *arguments: object) -> Any:
        """Run one method to its end."""
        self.tell(method, *arguments)
        return self.answer(method)

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.join(10)
        self._pipe.close()

    def _take(self, method: str) -> Any:
        if not self._pipe.poll(_ANSWER_SECONDS):
            raise CrowdFault(f"{self._name}.{method}: no answer in {_ANSWER_SECONDS} s")
        try:
            answer = self._pipe.recv()
        except EOFError as fault:
            raise CrowdFault(f"{self._name}.{method}: the process died") from fault
        if isinstance(answer, _Failed):
            raise CrowdFault(f"{self._name}.{method}: {answer.reason}")
        return answer


def _work(pipe: Connection, make: Callable[..., object], arguments: tuple[object, ...]) -> None:
    try:
        it = make(*arguments)
        pipe.send(None)
        while True:
            method, method_arguments = pipe.recv()
            pipe.send(getattr(it, method)(*method_arguments))
    except (EOFError, KeyboardInterrupt):
        return
    except Exception as fault:  # noqa: BLE001 - whatever it is, the run is told and ends
        pipe.send(_Failed(f"{type(fault).__name__}: {fault}"))


@contextmanager
def working(make: Callable[..., T], *arguments: object) -> Iterator[Worker[T]]:
    """A worker for the length of a block."""
    worker = Worker(make, *arguments)
    try:
        yield worker
    finally:
        worker.stop()


def cpu_seconds(pid: int) -> float:
    """Processor time that a process has used so far, its own and the kernel's on its behalf."""
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def resident_bytes(pid: int) -> int:
    """Memory of a process that is its own: shared pages are not counted."""
    return psutil.Process(pid).memory_full_info().uss


def allow_many_sockets() -> None:
    """Raise this process's limit of open files, which all of its children inherit, as far as it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, _OPEN_FILES)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
