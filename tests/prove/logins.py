"""`script/prove logins`: signing in on a real server at the real cost of Argon2id, quiet and under a flood.

Prints figures; exits 1 where a promise of the security model (sections 10.7 and 11) does not hold.
"""

import json
import statistics
import sys
import tempfile
import threading
import time
import urllib.error
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lingkar.rehearse import play
from lingkar.rehearse.client import Client, PlayError
from tests.conftest import Server, free_port

TRIES = 20
FLOOD = 200
MOST_GROWTH_MB, MOST_APART, MOST_SECONDS = 200, 0.10, 4.0


def resident_mb(pid: int) -> float:
    """Resident memory of a process in MiB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def wrong(server: Server, login: str) -> float:
    """Seconds of one refused try with a browser of its own."""
    client = Client(server.url, "")
    client.get("/masuk/")
    began = time.monotonic()
    try:
        client.post("/masuk/", login=login, passphrase="not this one at all")
    except PlayError:
        return time.monotonic() - began
    raise AssertionError("a wrong passphrase was let in")


def names_take_the_same_time(server: Server, members: list[Client]) -> dict[str, float]:
    """Known and unknown names by turns, each name fewer times than the delay begins to count."""
    known: list[float] = []
    unknown: list[float] = []
    for number in range(TRIES):
        known.append(wrong(server, members[number % len(members)].login["login"]))
        unknown.append(wrong(server, f"tidak-ada-{number % len(members):02d}"))
    both = statistics.median(known), statistics.median(unknown)
    return {"known_ms": both[0] * 1000, "unknown_ms": both[1] * 1000, "apart": abs(both[0] - both[1]) / max(both)}


def flood(server: Server, known: Client) -> dict[str, float]:
    """Two hundred strangers at once, a third of whom hang up; meanwhile a known device signs in."""
    assert server.process
    before = peak = resident_mb(server.process.pid)
    over = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not over.is_set():
            peak = max(peak, resident_mb(server.process.pid)) if server.process else peak
            time.sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    refused = [0]

    def stranger(number: int) -> None:
        client = Client(server.url, "")
        try:
            client.get("/masuk/")
            client.post("/masuk/", login=f"banjir-{number}", passphrase="not this one at all")
        except (PlayError, urllib.error.URLError, OSError):
            refused[0] += 1

    with ThreadPoolExecutor(FLOOD) as pool:
        jobs = [pool.submit(stranger, number) for number in range(FLOOD)]
        time.sleep(0.5)
        began = time.monotonic()
        known.get("/masuk/")
        known.post("/masuk/", **known.login)
        waited = time.monotonic() - began
        for job in jobs:
            job.result()
    over.set()
    watcher.join()
    return {"growth_mb": peak - before, "known_device_seconds": waited, "refused": refused[0]}


def twelve_at_once(members: list[Client]) -> float:
    """Seconds until the last of twelve is in."""
    for member in members:
        member.post("/keluar/")
        member.get("/masuk/")
    began = time.monotonic()
    with ThreadPoolExecutor(len(members)) as pool:
        list(pool.map(lambda member: member.post("/masuk/", **member.login), members))
    return time.monotonic() - began


def main() -> int:
    port = free_port()
    server = Server(f"http://127.0.0.1:{port}", Path(tempfile.mkdtemp()) / "data", port)
    server.start()
    try:
        counsellor = play.Counsellor(server.url, "")
        play._register(counsellor, server.code())
        group, _session, fragments = play._prepare(counsellor, 12)
        members = [Client(server.url, "") for _ in fragments]
        for number, (member, fragment) in enumerate(zip(members, fragments, strict=True)):
            play._join(member, fragment, number)
        counsellor.post(f"/lingkar/{group}/terima/")
        for member in members:
            member.post("/keluar/")
            member.get("/masuk/")
            member.post("/masuk/", **member.login)
        figures = {
            "twelve_at_once_seconds": twelve_at_once(members),
            **names_take_the_same_time(server, members),
            **flood(server, members[0]),
        }
    finally:
        server.kill()
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}))
    holds = (
        figures["growth_mb"] < MOST_GROWTH_MB
        and figures["apart"] < MOST_APART
        and figures["twelve_at_once_seconds"] < MOST_SECONDS
        and figures["known_device_seconds"] < 2 * MOST_SECONDS
    )
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
