"""For tests that ask a view which hands its draft to the writer."""

from concurrent.futures import Future

import pytest

from lingkar.room import writer


@pytest.fixture
def same_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's transaction is one connection's, so the writer writes in this thread."""

    def submit(self, draft):
        job = writer._Job(draft, Future())
        self._write([job])
        return job.future

    monkeypatch.setattr(writer.Writer, "submit", submit)
