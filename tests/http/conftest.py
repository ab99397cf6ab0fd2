"""What tests of the HTTP surface share."""

from concurrent.futures import Future

import pytest

from lingkar.accounts import sessions
from lingkar.accounts.models import Organisation
from lingkar.room import writer


@pytest.fixture
def same_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's transaction is one connection's, so the writer writes in this thread."""

    def submit(self, draft):
        job = writer._Job(draft, Future())
        self._write([job])
        return job.future

    monkeypatch.setattr(writer.Writer, "submit", submit)


@pytest.fixture
def organisation(db: None):
    """The one organisation of an installation; nobody stays signed in after the test."""
    Organisation.objects.create(name="SMA Melati", installed="2026-01-01")
    yield
    sessions.STORE.clear()
