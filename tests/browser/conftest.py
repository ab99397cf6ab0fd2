"""A server over TLS on a public name, and a browser that finds it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.stage import ARGUMENTS, NAME, certificate
from tests.conftest import Server, free_port


@pytest.fixture
def tls_server(tmp_path: Path) -> Iterator[Server]:
    port = free_port()
    cert, key = certificate(tmp_path)
    made = Server(
        f"https://{NAME}:{port}", tmp_path / "data", port, ["--host", NAME, "--tls-cert", cert, "--tls-key", key]
    )
    made.start()
    yield made
    made.kill()
    print("".join(made.output))


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield made
        made.close()
