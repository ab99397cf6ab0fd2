"""The writer thread: collects what came in the last few milliseconds and keeps it in one commit."""

import logging
import queue
import threading
from concurrent.futures import Future
from dataclasses import dataclass

from django.db import close_old_connections, connection

from lingkar.circle.drafts import Draft, Outcome
from lingkar.circle.keep import keep
from lingkar.circle.publish import publish

LOG = logging.getLogger("lingkar.writer")
GATHER_SECONDS = 0.003
MOST = 64


@dataclass(frozen=True)
class _Job:
    draft: Draft
    future: "Future[Outcome]"


class Writer:
    """One thread for the whole process; it starts with the first draft."""

    def __init__(self) -> None:
        self._queue: queue.Queue[_Job] = queue.Queue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def submit(self, draft: Draft) -> "Future[Outcome]":
        """The outcome is set after the commit."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
                self._thread.start()
        job = _Job(draft, Future())
        self._queue.put(job)
        return job.future

    def _run(self) -> None:
        while True:
            jobs = [self._queue.get()]
            try:
                while len(jobs) < MOST:
                    jobs.append(self._queue.get(timeout=GATHER_SECONDS))
            except queue.Empty:
                pass
            self._write(jobs)

    def _write(self, jobs: list[_Job]) -> None:
        try:
            if not connection.in_atomic_block:
                close_old_connections()
            outcomes = keep([job.draft for job in jobs])
        except Exception as error:  # noqa: BLE001 - every waiting author must get an answer
            LOG.error("batch failed kind=%s", type(error).__name__)
            if len(jobs) == 1:
                jobs[0].future.set_result(Outcome(jobs[0].draft.event.id, "refused", rule="FAILED"))
                return
            for job in jobs:
                self._write([job])
            return
        for job, outcome in zip(jobs, outcomes, strict=True):
            job.future.set_result(outcome)
            publish(job.draft.keys.session, outcome)


WRITER = Writer()
