"""Own data folder, a cheap key derivation by patched constants, the cast, and a real server as a subprocess."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from lingkar.cli import compile_translations
from lingkar.vault import slots

compile_translations()


@pytest.fixture(autouse=True)
def cheap_key_derivation(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Argon2id at 64 KiB; marked tests keep the real cost."""
    if "real_kdf" not in request.keywords:
        monkeypatch.setattr(slots, "MEMORY_KIB", 64)
        monkeypatch.setattr(slots, "MEMORY_FLOOR_KIB", 64)
        monkeypatch.setattr(slots, "ITERATIONS", 2)


@pytest.fixture(autouse=True)
def fresh_shred_store(settings, tmp_path: Path) -> None:
    settings.SHRED_STORE = tmp_path / "shred.sqlite3"


@pytest.fixture(autouse=True)
def plain_static_files(settings) -> None:
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@dataclass
class Server:
    """A running Lingkar with its own data folder."""

    url: str
    data: Path
    port: int
    arguments: list[str] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None
    output: list[str] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "LINGKAR_DATA": str(self.data), "PYTHONPATH": os.pathsep.join(sys.path)}

    def start(self) -> None:
        command = [sys.executable, "-m", "lingkar.cli", "run", "--port", str(self.port), *self.arguments]
        self.process = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        threading.Thread(target=self._collect, args=(self.process,), daemon=True).start()
        scheme = "https" if "--host" in self.arguments else "http"
        import ssl

        lenient = ssl._create_unverified_context()
        host = self.arguments[self.arguments.index("--host") + 1] if scheme == "https" else "127.0.0.1"
        for _ in range(300):
            with contextlib.suppress(OSError):
                request = urllib.request.Request(
                    f"{scheme}://127.0.0.1:{self.port}/healthz", headers={"Host": f"{host}:{self.port}"}
                )
                if (
                    urllib.request.urlopen(request, timeout=2, context=lenient if scheme == "https" else None).status
                    == 200
                ):
                    return
            time.sleep(0.1)
        raise RuntimeError("".join(self.output))

    def _collect(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        with process.stdout:
            for line in process.stdout:
                self.output.append(line)

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()

    def code(self) -> str:
        made = subprocess.run(
            [sys.executable, "-m", "lingkar.cli", "code"],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return made.stdout.strip()

    def rehearse(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "lingkar.cli", "rehearse", "--url", self.url, "--json", *arguments],
            env=self.environment, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    port = free_port()
    made = Server(f"http://127.0.0.1:{port}", tmp_path / "data", port)
    made.start()
    yield made
    made.kill()
    print("".join(made.output))


def only_code(output: str) -> str:
    found = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", output)
    assert found
    return found.group()
