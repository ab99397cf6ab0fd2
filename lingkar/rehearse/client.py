"""One browser's worth of HTTP and one socket that comes back after every cut."""

import asyncio
import http.cookiejar
import json
import re
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass, field
from typing import Any

import websockets

FRAME_STEP = 256
HTTP_SECONDS = 60


class PlayError(Exception):
    """The play cannot go on; the message says at which step, never with what words."""


@dataclass
class Seen:
    """What one receiver got, in order: client ids by audience."""

    ids: dict[str, list[str]] = field(default_factory=lambda: {"room": [], "counsellors": [], "author": []})
    numbers: dict[str, list[int]] = field(default_factory=lambda: {"room": [], "counsellors": [], "author": []})
    kinds: dict[str, str] = field(default_factory=dict)


class Client:
    """A signed-in person. Requests go to `url`, the socket to `socket_url` (a proxy may stand before it)."""

    def __init__(self, url: str, socket_url: str) -> None:
        self.url, self.socket_url = url.rstrip("/"), socket_url
        self.jar = http.cookiejar.CookieJar(http.cookiejar.DefaultCookiePolicy(rfc2965=False))
        self._tls = ssl.create_default_context()
        self._tls.check_hostname, self._tls.verify_mode = False, ssl.CERT_NONE
        self._open = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar), urllib.request.HTTPSHandler(context=self._tls)
        ).open
        self.login: dict[str, str] = {}
        self.membership = ""
        self.seen = Seen()
        self.last = {"room": 0, "counsellors": 0, "author": 0}
        self.acks: dict[str, dict[str, Any]] = {}
        self.sent_at: dict[str, float] = {}
        self.delays: list[float] = []
        self.pending: dict[str, dict[str, Any]] = {}
        self.reconnects = 0
        self.inside = asyncio.Event()
        self.admitted = asyncio.Event()
        self.lobby: list[str] = []
        self.closed = False
        self._socket: Any = None
        self._task: asyncio.Task[None] | None = None

    def get(self, path: str) -> str:
        """The text of a page. Raises `PlayError`."""
        try:
            with self._open(self.url + path, timeout=HTTP_SECONDS) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, OSError) as error:
            raise PlayError(f"GET {path.split('/')[1]} failed: {type(error).__name__}") from error

    def post(self, path: str, **fields: Any) -> dict[str, Any]:
        """The JSON answer of a form. Raises `PlayError` for one that asks to mend something."""
        token = next((cookie.value for cookie in self.jar if cookie.name.endswith("lk_c")), "")
        request = urllib.request.Request(  # noqa: S310 - the URL given on the command line
            self.url + path, urllib.parse.urlencode(fields, doseq=True).encode(), method="POST"
        )
        for name, value in {
            "X-CSRFToken": token or "",
            "X-Lingkar": "fetch",
            "Referer": self.url + "/",
            "Origin": self.url,
        }.items():
            request.add_header(name, value)
        try:
            with self._open(request, timeout=HTTP_SECONDS) as answer:
                return dict(json.loads(answer.read()))
        except urllib.error.HTTPError as error:
            body = error.read().decode(errors="replace")
            fields_wrong = ",".join(json.loads(body).get("errors", {})) if body.startswith("{") else ""
            raise PlayError(f"POST {path.split('/')[1]} answered {error.code} {fields_wrong}") from error
        except (urllib.error.URLError, OSError) as error:
            raise PlayError(f"POST {path.split('/')[1]} failed: {type(error).__name__}") from error

    def field_of(self, page: str, name: str) -> str:
        """The value of a field on a page."""
        made = re.search(rf'<textarea[^>]*name="{name}"[^>]*>([^<]*)</textarea>', page)
        if made:
            return made.group(1).strip()
        for tag in re.findall(r"<input[^>]*>", page):
            if f'name="{name}"' in tag:
                found = re.search(r'value="([^"]*)"', tag)
                return found.group(1) if found else ""
        raise PlayError(f"no field {name}")

    def connect(self, session: str) -> None:
        """Keep a socket to a room until `close`."""
        self._task = asyncio.get_running_loop().create_task(self._keep(session))

    async def _keep(self, session: str) -> None:
        while not self.closed:
            try:
                async with websockets.connect(
                    self.socket_url,
                    additional_headers={"Cookie": self._cookies()},
                    origin=websockets.Origin(self.url),
                    ssl=self._tls if self.socket_url.startswith("wss") else None,
                    compression=None,
                    max_size=2**22,
                ) as socket:
                    self._socket = socket
                    await socket.send(_padded({"t": "hello", "room": session, "after": self.last}))
                    async for message in socket:
                        await self._heard(json.loads(message))
                    if socket.close_code == 4401:
                        await asyncio.to_thread(self.sign_in)
            except (OSError, websockets.WebSocketException):
                await asyncio.to_thread(self._back_in)
            self._socket = None
            if not self.closed:
                self.reconnects += 1
                await asyncio.sleep(0.05)

    def _back_in(self) -> None:
        try:
            if 'name="login"' in self.get("/masuk/"):
                self.sign_in()
        except PlayError:
            time.sleep(0.3)

    def sign_in(self) -> None:
        """Again, after the server came back without its memory."""
        try:
            self.get("/masuk/")
            self.post("/masuk/", **self.login, **self.second_factor())
        except PlayError:
            time.sleep(0.5)

    def second_factor(self) -> dict[str, str]:
        return {}

    def _cookies(self) -> str:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)

    async def _heard(self, frame: dict[str, Any]) -> None:
        match frame["t"]:
            case "welcome":
                for audience, number in frame["first"].items():
                    self.last[audience] = max(self.last[audience], number)
                if frame["inside"]:
                    self.inside.set()
                    for waiting in list(self.pending.values()):
                        await self._push(waiting)
            case "event":
                self._event(frame)
            case "admitted":
                await self._socket.close(4000)
            case "presence":
                self.lobby = frame.get("lobby", [])
            case "ack":
                self.acks[frame["id"]] = frame
                self.pending.pop(frame["id"], None)
                self.delays.append(time.monotonic() - self.sent_at.get(frame["id"], time.monotonic()))

    def _event(self, frame: dict[str, Any]) -> None:
        audience, event = frame["a"], frame["e"]
        self.seen.numbers[audience].append(frame["n"])
        self.seen.ids[audience].append(event.get("id", ""))
        self.seen.kinds[event.get("id", "")] = event["kind"]
        self.last[audience] = max(self.last[audience], frame["n"])

    async def say(self, frame: dict[str, Any]) -> dict[str, Any]:
        """Send until acknowledged; the answer."""
        self.pending[frame["id"]] = frame
        self.sent_at[frame["id"]] = time.monotonic()
        await self._push(frame)
        deadline = time.monotonic() + HTTP_SECONDS
        pushed = time.monotonic()
        while frame["id"] not in self.acks:
            if time.monotonic() > deadline:
                raise PlayError("a post was never acknowledged")
            if time.monotonic() - pushed > 2:
                await self._push(frame)
                pushed = time.monotonic()
            await asyncio.sleep(0.002)
        answer = self.acks[frame["id"]]
        if answer.get("rule") in ("STALE-KEYS", "KEYS-TURNING", "FAILED"):
            del self.acks[frame["id"]]
            await asyncio.sleep(0.3)
            return await self.say(frame)
        return answer

    async def _push(self, frame: dict[str, Any]) -> None:
        if self._socket is None or not self.inside.is_set():
            return
        try:
            await self._socket.send(_padded(frame))
        except websockets.WebSocketException:
            return

    async def cut(self) -> None:
        """Lose the line without a goodbye."""
        if self._socket is not None:
            self._socket.transport.abort()
        await asyncio.sleep(0)

    def reset(self) -> None:
        """Another room: nothing of the last one is remembered."""
        self.seen, self.last = Seen(), {"room": 0, "counsellors": 0, "author": 0}
        self.inside, self.lobby, self.closed, self.pending = asyncio.Event(), [], False, {}

    async def close(self) -> None:
        self.closed = True
        if self._socket is not None:
            await self._socket.close()
        if self._task:
            await asyncio.wait([self._task], timeout=3)


def new_id() -> str:
    return uuid.uuid4().hex


def _padded(frame: dict[str, Any]) -> str:
    text = json.dumps(frame, separators=(",", ":"))
    return text + " " * (-len(text) % FRAME_STEP)
