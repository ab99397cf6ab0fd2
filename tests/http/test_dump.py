"""Nothing readable at rest: everything typed in a whole session is searched for in everything the server wrote."""

import base64
import contextlib
import json
import urllib.parse
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from lingkar.rehearse import after
from lingkar.rehearse.client import Client, PlayError
from tests.conftest import Server

MARK = "Zqxmarker"
PLANTED = f"{MARK} control kelapa"


def needles(words: list[str]) -> Iterator[bytes]:
    """Each word as it might lie on a disk."""
    for word in words:
        plain = word.encode()
        yield from (plain, word.encode("utf-16-le"), plain.hex().encode(), urllib.parse.quote(word).encode())
        yield urllib.parse.quote_plus(word).encode()
        for shift in range(3):
            yield base64.b64encode(bytes(shift) + plain)[4:-4]


def files(folder: Path, output: list[str]) -> Iterator[tuple[str, bytes]]:
    """Every file the server wrote, also what inflates out of it, and what it printed."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "static" not in path.parts:
            content = path.read_bytes()
            yield str(path.relative_to(folder)), content
            yield from inflated(path.name, content)
    yield "output", "".join(output).encode()


def inflated(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    at = content.find(b"\x78\x9c")
    while at >= 0:
        with contextlib.suppress(zlib.error):
            yield f"{name}@{at}", zlib.decompressobj().decompress(content[at:], 1 << 20)
        at = content.find(b"\x78\x9c", at + 1)


def found(folder: Path, output: list[str], words: list[str]) -> set[tuple[str, bytes]]:
    hunted = {needle for needle in needles(words) if len(needle) > 7}
    return {(name, needle) for name, content in files(folder, output) for needle in hunted if needle in content}


def test_everything_ever_typed_is_nowhere(server: Server, tmp_path: Path):
    texts = [f"{MARK} kata {number} tentang rumah" for number in range(24)]
    texts.append(f"{MARK} aku udah nyiapin obatnya buat mati")
    lines = [{"author": number, "text": text, "reply_to": None} for number, text in enumerate(texts)]
    posts = tmp_path / "posts.jsonl"
    posts.write_text("\n".join(json.dumps(line) for line in lines))
    code = server.code()
    played = server.rehearse("--members", "3", "--posts", str(posts), "--code", code, "--keep")
    assert played.returncode == 0, played.stdout + played.stderr
    typed = door_and_errors(server)
    words = [*texts, *typed, *after.TYPED, "Anggota 1", "Latihan kelompok", code.replace("-", "")]
    assert found(server.data, server.output, words) == set()
    (server.data / "planted.log").write_text(PLANTED)
    (server.data / "planted.bin").write_bytes(zlib.compress(f"{MARK} name Rumi".encode()))
    controls = {
        name.split("@")[0] for name, _needle in found(server.data, server.output, [PLANTED, f"{MARK} name Rumi"])
    }
    assert controls == {"planted.log", "planted.bin"}


def door_and_errors(server: Server) -> list[str]:
    """Failed forms, a search in the address, a wrong sign-in: they hold what somebody typed, too."""
    client = Client(server.url, "")
    client.get("/masuk/")
    typed = [f"{MARK} salah masuk", f"{MARK} kode salah", f"{MARK}-di-alamat"]
    for path, fields in (
        ("/masuk/", {"login": typed[0], "passphrase": typed[0]}),
        ("/ketuk/", {"code": typed[1]}),
        ("/mulai/", {"code": typed[1], "login": typed[0]}),
        (f"/{typed[2]}/?q={typed[2]}", {"x": typed[0]}),
    ):
        with pytest.raises(PlayError):
            client.post(path, **fields)
    return typed
