"""People with browsers of their own, and what they do before a session."""

import contextlib
import datetime
import socket
import threading
import time
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import Browser, Page, expect

from lingkar.vault.secret import Secret
from lingkar.vault.suite import totp_code
from tests.conftest import Server, free_port

NAME = "lingkar.example"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--ignore-certificate-errors",
    f"--host-resolver-rules=MAP {NAME} 127.0.0.1",
]  # fmt: skip
PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 800}}


def certificate(folder: Path) -> tuple[str, str]:
    """A self-signed certificate for the name."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return str(cert_file), str(key_file)


class Line:
    """A TCP line to the server that can be cut: what was open breaks, nothing new gets through."""

    def __init__(self, server: Server) -> None:
        self.server_port, self.port, self.is_cut = server.port, free_port(), False
        self.open: list[socket.socket] = []
        self.listening = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        while True:
            near, _address = self.listening.accept()
            if self.is_cut:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self.server_port))
            self.open += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self.pump, args=(one, other), daemon=True).start()

    def pump(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        self.is_cut = True
        for end in self.open:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self.is_cut = False


class Person:
    """A browser of one's own, which notes everything the console complains about."""

    def __init__(self, browser: Browser, server: Server, **options) -> None:
        self.context = browser.new_context(ignore_https_errors=True, locale="id-ID", **options)
        self.page: Page = self.context.new_page()
        self.url = server.url
        self.complaints: list[str] = []
        self.page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: dialog.accept())

    def open(self, path: str) -> None:
        self.page.goto(self.url + path)

    def axe(self) -> None:
        found = Axe().run(self.page).response["violations"]
        assert [(item["id"], [node["html"][:120] for node in item["nodes"]]) for item in found] == [], self.page.url

    def keep_recovery(self) -> None:
        dialog = self.page.locator("#recovery")
        expect(dialog).to_be_visible()
        code = dialog.locator(".code").inner_text()
        dialog.locator("#last").fill(code[-3:])
        dialog.get_by_role("button").click()

    def no_sideways(self) -> None:
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), self.page.url


def register(counsellor: Person, server: Server) -> None:
    page = counsellor.page
    counsellor.open("/mulai/")
    counsellor.axe()
    page.fill("#code", server.code())
    if page.locator("#organisation").count():
        page.fill("#organisation", "SMA Melati")
        page.fill("#contact", "Bu Laras, guru BK")
        page.fill("#phone", "0274 000000")
    secret = Secret(bytes.fromhex(page.locator("[name=totp_secret]").input_value()))
    page.fill("#totp", totp_code(secret, time.time()))
    page.get_by_role("button", name="Buat akun").click()
    counsellor.keep_recovery()
    expect(page.get_by_role("link", name="Buat lingkar")).to_be_visible()
    counsellor.axe()


def make_group(counsellor: Person) -> list[str]:
    """A group, three invitations, one session. The invitation links."""
    page = counsellor.page
    page.get_by_role("link", name="Buat lingkar").click()
    page.fill("#name", "Lingkar Kamis")
    page.fill("#leader", "Bu Laras")
    page.fill("#backup", "Pak Damar")
    counsellor.axe()
    page.get_by_role("button", name="Buat lingkar").click()
    expect(page.get_by_role("heading", name="Lingkar Kamis")).to_be_visible()
    page.fill("#starts", "2030-01-07T09:00")
    page.get_by_role("button", name="Jadwalkan").click()
    expect(page.get_by_text("Pertemuan 1")).to_be_visible()
    page.fill("#count", "3")
    page.get_by_label("Dewasa").check()
    page.get_by_role("button", name="Buat undangan").click()
    expect(page.locator(".card")).to_have_count(3)
    counsellor.axe()
    return [text.strip() for text in page.locator(".card details p").all_text_contents()]


def join(member: Person, link: str, name: str) -> None:
    page = member.page
    page.goto(link)
    expect(page.get_by_role("link", name="Lanjut")).to_be_visible(timeout=8000)
    member.axe()
    page.get_by_role("link", name="Lanjut").click()
    page.get_by_text("Kuceritakan, asal tanpa nama").click()
    page.get_by_role("button", name="Jawab").click()
    expect(page.get_by_role("alert").filter(has_text="Teman dekat bisa menebak")).to_be_visible()
    for right in ("Tanya orangnya", "Ia diberi tahu dulu", "Tidak, jadi kuceritakan"):
        page.get_by_text(right).click()
        page.get_by_role("button", name="Jawab").click()
        expect(page.locator(".praise")).to_be_visible()
        member.axe()
        page.get_by_role("button", name="Lanjut").click()
    page.wait_for_url("**/pintu/janji/")
    member.axe()
    member.no_sideways()
    page.fill("#name", name)
    page.locator("[name=promise]").check()
    page.get_by_role("button", name="Tanda tangani").click()
    member.keep_recovery()
    expect(page.get_by_text("Tinggal menunggu")).to_be_visible()


def say(person: Person, text: str) -> None:
    person.page.fill("#words", text)
    person.page.locator("#composer .round").click()
