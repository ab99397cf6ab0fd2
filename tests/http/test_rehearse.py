"""Rehearse tells the truth: 0 on a good line, 1 when a frame was dropped, doubled or swapped; also after kill -9."""

import asyncio
import json
import threading
import time

import pytest
import websockets

from tests.conftest import Server, free_port


class BadLine:
    """A proxy that spoils one delivery of a post to one receiver, once the play is on."""

    def __init__(self, server: Server, fault: str) -> None:
        self.target = server.url.replace("http", "ws") + "/kawat"
        self.fault, self.port, self.done = fault, free_port(), False
        self.origin = server.url
        self.held: str | None = None
        self.posts = 0
        threading.Thread(target=lambda: asyncio.run(self.serve()), daemon=True).start()
        time.sleep(0.5)

    async def serve(self) -> None:
        async with websockets.serve(self.pipe, "127.0.0.1", self.port, compression=None):
            await asyncio.Future()

    async def pipe(self, browser) -> None:
        cookie = browser.request.headers.get("Cookie", "")
        async with websockets.connect(
            self.target, additional_headers={"Cookie": cookie}, origin=self.origin, compression=None
        ) as server:
            up = asyncio.create_task(self.up(browser, server))
            try:
                async for message in server:
                    for spoiled in self.spoil(str(message)):
                        await browser.send(spoiled)
            except websockets.ConnectionClosed:
                pass
            finally:
                up.cancel()
                await browser.close(server.close_code if (server.close_code or 0) >= 4000 else 1011)

    async def up(self, browser, server) -> None:
        try:
            async for message in browser:
                await server.send(message)
        finally:
            await server.close()

    def spoil(self, message: str) -> list[str]:
        frame = json.loads(message)
        if self.held is not None and frame["t"] == "event":
            held, self.held = self.held, None
            return [message, held]
        is_post = frame["t"] == "event" and frame["a"] == "room" and frame["e"]["kind"] == "Post"
        self.posts += is_post
        if not is_post or self.done or self.posts < 150:
            return [message]
        self.done = True
        if self.fault == "drop":
            return []
        if self.fault == "double":
            return [message, message]
        self.held = message
        return []


def test_a_whole_session_arrives_complete(server: Server):
    played = server.rehearse("--members", "4", "--code", server.code())
    figures = json.loads(played.stdout)
    assert played.returncode == 0
    assert figures["delivered"] == 40 * 5
    assert figures["acknowledged"] == figures["sent"] == 42
    assert figures["to_counsellor"] == 2
    assert figures["reconnects"] >= 2 * 5


@pytest.mark.parametrize("fault", ["drop", "double", "swap"])
def test_it_notices_a_bad_line(server: Server, fault: str):
    line = BadLine(server, fault)
    played = server.rehearse(
        "--members", "4", "--code", server.code(), "--socket-url", f"ws://127.0.0.1:{line.port}/kawat"
    )
    assert line.done
    assert played.returncode == 1, played.stdout + played.stderr


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(server: Server):
    results = []
    code = server.code()
    play = threading.Thread(target=lambda: results.append(server.rehearse("--members", "3", "--code", code)))
    play.start()
    deadline = time.monotonic() + 60
    while not posts_kept(server) and time.monotonic() < deadline:
        time.sleep(0.02)
    server.kill()
    server.start()
    play.join(timeout=200)
    figures = json.loads(results[0].stdout)
    assert results[0].returncode == 0, results[0].stdout
    assert figures["lost"] == figures["doubled"] == figures["out_of_order"] == 0


def posts_kept(server: Server) -> bool:
    """More rows than opening, admitting and affirming make."""
    import sqlite3

    connection = sqlite3.connect(f"file:{server.data / 'lingkar.sqlite3'}?mode=ro", uri=True)
    try:
        return bool(connection.execute("SELECT max(last_number) > 18 FROM vault_keyring").fetchone()[0])
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
