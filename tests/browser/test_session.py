"""A session held in real browsers over TLS on a public name: one counsellor, three members on phones."""

import contextlib
import datetime
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import Browser, Page, expect, sync_playwright

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


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield made
        made.close()


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


def test_a_session_from_invitation_to_the_last_word(tls_server: Server, browser: Browser):
    counsellor = Person(browser, tls_server, **DESK)
    register(counsellor, tls_server)
    links = make_group(counsellor)
    members = [Person(browser, tls_server, **PHONE) for _ in links]
    names = ["Rumi", "Senja", "Kala"]
    line = Line(tls_server)
    members[0].url = f"https://{NAME}:{line.port}"
    for member, link, name in zip(members, links, names, strict=True):
        join(member, link.replace(tls_server.url, member.url), name)
    page = counsellor.page
    page.get_by_role("link", name="Kembali ke lingkar").click()
    counsellor.axe()
    page.get_by_role("button", name="Terima semua").click()
    expect(page.get_by_role("button", name="Terima semua")).to_have_count(0)
    expect(page.get_by_text("Senja")).to_be_visible()
    page.get_by_role("link", name="Siapkan ruang").click()
    page.locator("#open").click()
    expect(page.locator("#open")).to_have_count(0)
    rumi, senja, kala = members
    for member in members:
        member.open("/beranda/")
        member.axe()
        member.page.get_by_role("link", name="Masuk ke ruang").click()
        expect(member.page.locator("#gate")).to_contain_text("lobi")
    expect(page.locator("#lobby li")).to_have_count(3)
    page.locator("#admit-all").click()
    for member in members:
        expect(member.page.locator("#composer")).to_be_visible()
    page.locator("[data-stage=working]").click()
    expect(rumi.page.locator("#stage")).to_contain_text("Kegiatan")
    say(kala, "Aku selalu jadi yang kuat di rumah.")
    heard = senja.page.locator(".post", has_text="yang kuat")
    expect(heard).to_be_visible()
    heard.get_by_role("button", name="Tanggapi").click()
    say(senja, "Aku dengar kamu. Berat, ya.")
    expect(rumi.page.locator("#circle .reply")).to_have_count(1, timeout=1000)
    expect(rumi.page.locator("#list li", has_text="Senja")).to_contain_text("menjawab Kala", timeout=1000)
    expect(rumi.page.locator("#line")).to_contain_text("Senja menjawab Kala")
    rumi.page.locator("#hand").click()
    expect(page.locator("#hands")).to_contain_text("Rumi", timeout=1000)
    rumi.page.locator("[data-mark=pass]").click()
    expect(senja.page.locator(".note-line", has_text="Rumi lewat")).to_be_visible()
    whisper_and_bowl(counsellor, members)
    signal_reaches_any_page(counsellor, rumi)
    lost_line(line, rumi, senja)
    for person in (counsellor, *members):
        person.axe()
    for member in members:
        member.no_sideways()
    page.locator("#close").click()
    expect(rumi.page.locator("#gate")).to_contain_text("ditutup")
    for person in (counsellor, *members):
        refused = [text for text in person.complaints if not re.search("40[139]|42[29]|WebSocket|ERR_", text)]
        assert refused == []


def whisper_and_bowl(counsellor: Person, members: list[Person]) -> None:
    rumi = members[0]
    rumi.page.locator("label", has=rumi.page.locator("[value=alone]")).click()
    expect(rumi.page.locator("#who")).to_have_text("Hanya dibaca Bu Laras.")
    say(rumi, "Ini untuk Ibu saja.")
    expect(counsellor.page.locator(".post", has_text="Ini untuk Ibu saja")).to_be_visible()
    for number, member in enumerate(members):
        member.page.locator("label", has=member.page.locator("[value=nameless]")).click()
        say(member, f"Belum berani bilang {number}.")
        expect(member.page.locator(".post.private", has_text=f"bilang {number}")).to_be_visible()
    for number in range(3):
        for member in members:
            shown = member.page.locator(".post:not(.private)", has_text=f"bilang {number}")
            expect(shown).to_contain_text("Tanpa nama")
    assert members[1].page.locator(".post", has_text="Ini untuk Ibu saja").count() == 0
    for member in members:
        member.page.locator("label", has=member.page.locator("[value=named]")).click()


def signal_reaches_any_page(counsellor: Person, member: Person) -> None:
    other = counsellor.context.new_page()
    other.goto(counsellor.url + "/akun/")
    other.wait_for_timeout(500)
    expect(other.locator("#changed")).to_be_hidden()
    say(member, "aku pengen bunuh diri rasanya")
    expect(other.locator("#changed")).to_be_visible(timeout=1000)
    assert "bunuh" not in other.locator("body").inner_text()
    other.close()
    expect(counsellor.page.locator("#signals")).to_contain_text("Rumi")


def lost_line(line: Line, lost: Person, other: Person) -> None:
    line.cut()
    expect(other.page.locator("#list li", has_text="Rumi")).to_contain_text("tidak tersambung", timeout=5000)
    say(lost, "Tulisan di tengah putus.")
    say(other, "Selama kamu tidak ada.")
    lost.page.wait_for_timeout(300)
    line.mend()
    expect(lost.page.locator(".post", has_text="Selama kamu tidak ada")).to_be_visible(timeout=20000)
    expect(other.page.locator(".post", has_text="Tulisan di tengah putus")).to_have_count(1, timeout=20000)
