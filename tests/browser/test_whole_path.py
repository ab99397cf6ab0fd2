"""What happens around the words: cards, asking for help, the desk, the closing on phones, the wheel afterwards."""

from playwright.sync_api import Browser, expect

from tests.browser.stage import DESK, PHONE, Person, join, make_group, register, say
from tests.conftest import Server

NAMES = ["Rumi", "Senja", "Kala"]


def test_from_the_first_card_to_the_wheel(tls_server: Server, browser: Browser):
    counsellor = Person(browser, tls_server, **DESK)
    register(counsellor, tls_server)
    links = make_group(counsellor)
    members = [Person(browser, tls_server, **PHONE) for _ in links]
    for member, link, name in zip(members, links, NAMES, strict=True):
        join(member, link, name)
    room = open_room(counsellor, members)
    counsellor.page.locator("[data-stage=working]").click()
    say(members[0], "Di rumah aku selalu jadi yang kuat.")
    answer(members[1], "Berat, ya. Aku dengar kamu.")
    slip(members[0])
    me_too(members[2], members[0])
    card(members[0], members[1], room)
    held_card(counsellor, members[1], members[0], room)
    help_now(counsellor, members[2])
    counsellor.open(room)
    counsellor.page.locator("[data-stage=closing]").click()
    expect(counsellor.page.locator("[data-stage=closing][aria-current=step]")).to_be_visible()
    for member in members:
        close(member, room)
    counsellor.page.locator("#close").click()
    expect(counsellor.page.locator("#gate")).to_contain_text("ditutup")
    wheel(counsellor, room)
    today(members[0], room)
    paper(counsellor, room)
    part(counsellor, members)


def paper(counsellor: Person, room: str) -> None:
    counsellor.open(room.replace("/ruang/", "/pertemuan/") + "laporan/")
    counsellor.axe()
    with counsellor.page.expect_download() as taken:
        counsellor.page.get_by_role("button", name="Simpan sebagai PDF").click()
    assert taken.value.suggested_filename == "laporan-1.pdf"
    assert taken.value.path().read_bytes().startswith(b"%PDF")


def part(counsellor: Person, members: list[Person]) -> None:
    """The end of the group: everybody's goodbye on a phone, read by all who were there."""
    page = counsellor.page
    counsellor.open("/beranda/")
    page.get_by_role("link", name="Lingkar Kamis", exact=True).click()
    page.get_by_role("button", name="Akhiri lingkar").click()
    expect(page.get_by_role("heading", name="Perpisahan")).to_be_visible()
    counsellor.axe()
    for member, name in zip(members, NAMES, strict=True):
        member.open("/beranda/")
        member.page.get_by_role("link", name="Lingkar Kamis", exact=True).click()
        member.page.get_by_role("link", name="Perpisahan").click()
        member.axe()
        member.no_sideways()
        member.page.locator("fieldset.scale label").nth(3).click()
        member.page.get_by_label("Satu kalimat untuk lingkar").fill(f"Sampai jumpa dari {name}.")
        member.page.get_by_role("button", name="Kirim").click()
        expect(member.page.get_by_text("Perpisahanmu sudah sampai")).to_be_visible()
    expect(members[2].page.get_by_text("Sampai jumpa dari Rumi.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("4: 3")).to_be_visible()


def open_room(counsellor: Person, members: list[Person]) -> str:
    page = counsellor.page
    page.get_by_role("link", name="Kembali ke lingkar").click()
    page.get_by_role("button", name="Terima semua").click()
    expect(page.get_by_role("button", name="Terima semua")).to_have_count(0)
    page.get_by_role("link", name="Siapkan ruang").click()
    page.locator("#open").click()
    expect(page.locator("#open")).to_have_count(0)
    room = page.url.removeprefix(counsellor.url)
    for member in members:
        member.open(room)
    expect(page.locator("#lobby li")).to_have_count(len(members))
    page.locator("#admit-all").click()
    for member in members:
        expect(member.page.locator("#composer")).to_be_visible()
    return room


def answer(member: Person, text: str) -> None:
    heard = member.page.locator(".post", has_text="yang kuat")
    heard.get_by_role("button", name="Tanggapi").click()
    say(member, text)


def slip(member: Person) -> None:
    """Words that were not sent ask before the page goes."""
    asked: list[str] = []
    member.page.on("dialog", lambda dialog: asked.append(dialog.type))
    member.page.fill("#words", "Belum selesai kutulis")
    member.page.reload()
    assert asked == ["beforeunload"]
    expect(member.page.locator("#composer")).to_be_visible()


def me_too(member: Person, other: Person) -> None:
    member.page.locator(".post", has_text="yang kuat").get_by_role("button", name="Aku juga").click()
    member.page.get_by_role("button", name="Aku juga, dengan nama").click()
    expect(other.page.locator(".note-line", has_text="Kala juga")).to_be_visible()


def write_card(member: Person, room: str, to: str, text: str) -> None:
    member.open(f"{room}kartu/")
    member.page.select_option("#to", label=to)
    member.page.fill("#saw", text)
    member.page.fill("#wish", text)


def card(receiver: Person, giver: Person, room: str) -> None:
    receiver.open(f"{room}kartu/")
    receiver.axe()
    receiver.page.get_by_role("button", name="Aku siap menerima").click()
    expect(receiver.page.get_by_role("button", name="Jangan dulu")).to_be_visible()
    write_card(giver, room, "Rumi", "Tadi waktu kamu bercerita, aku kagum kamu berani. Coba istirahat sebentar.")
    expect(giver.page.locator("[data-quality=supportive]")).to_have_class("good")
    giver.axe()
    giver.no_sideways()
    giver.page.get_by_role("button", name="Kirim kartu").click()
    expect(giver.page.get_by_text("Yang kuberikan")).to_be_visible()
    receiver.open(f"{room}kartu/")
    receiver.page.get_by_text("Membantu", exact=True).click()
    receiver.page.get_by_role("button", name="Kirim jawaban").click()
    expect(receiver.page.get_by_text("Kamu menjawab: membantu.")).to_be_visible()


def held_card(counsellor: Person, giver: Person, receiver: Person, room: str) -> None:
    write_card(giver, room, "Rumi", "dasar cengeng")
    giver.page.get_by_role("button", name="Kirim kartu").click()
    expect(giver.page.locator("#give .error")).to_be_visible()
    giver.page.get_by_text("Tetap kirim punyaku").click()
    giver.page.get_by_role("button", name="Kirim kartu").click()
    expect(giver.page.get_by_text("Konselormu membacanya dulu.")).to_be_visible()
    receiver.open(f"{room}kartu/")
    assert "cengeng" not in receiver.page.locator("body").inner_text()
    counsellor.open(f"{room}kartu/")
    counsellor.axe()
    counsellor.page.get_by_label("Kata untuk Senja").fill("Coba mulai dari yang kamu lihat.")
    counsellor.page.get_by_role("button", name="Kembalikan").click()
    expect(counsellor.page.get_by_text("Tidak ada kartu yang menunggu.")).to_be_visible()
    giver.open(f"{room}kartu/")
    expect(giver.page.get_by_text("Coba mulai dari yang kamu lihat.")).to_be_visible()


def help_now(counsellor: Person, member: Person) -> None:
    page = counsellor.page
    counsellor.open("/akun/")
    page.wait_for_timeout(500)
    member.page.locator("#composer .help").click()
    member.axe()
    member.page.get_by_role("button", name="Aku butuh bantuan sekarang").click()
    expect(member.page.get_by_text("Sudah sampai")).to_be_visible()
    expect(page.locator("#changed")).to_be_visible(timeout=1000)
    page.locator("#changed a").click()
    counsellor.axe()
    page.get_by_role("link", name="Kala").click()
    counsellor.axe()
    page.get_by_label("Apa yang dilakukan, jam berapa").fill("Saya temui di ruang BK.")
    page.get_by_text("Sudah dihubungi").click()
    page.get_by_role("button", name="Catat", exact=True).click()
    expect(page.get_by_text("Dijawab setelah 0 menit")).to_be_visible()


def close(member: Person, room: str) -> None:
    member.open(f"{room}penutup/")
    member.axe()
    for scale in member.page.locator("fieldset.scale").all():
        scale.locator("label").nth(3).click()
    member.page.get_by_role("button", name="Lanjut").click()
    member.page.get_by_label("Satu hal kecil yang akan kucoba").fill("Bicara dengan ibu hari Minggu.")
    member.no_sideways()
    member.page.get_by_role("button", name="Lanjut").click()
    expect(member.page.get_by_text("Apa yang tertinggal")).to_be_visible()
    member.page.get_by_label("Apa yang tertinggal di hati?").fill("Lega.")
    member.page.get_by_role("button", name="Simpan").click()
    expect(member.page.get_by_text("Penutupmu sudah lengkap")).to_be_visible()


def wheel(counsellor: Person, room: str) -> None:
    counsellor.open(room.replace("/ruang/", "/pertemuan/") + "roda/")
    counsellor.axe()
    text = counsellor.page.locator("main").inner_text()
    assert "1 dari 3 anggota menanggapi anggota lain" in text
    assert "1 dari 1 cerita ditanggapi" in text
    assert "3 dari 3 anggota pulang membawa rencana sendiri" in text
    assert "1 dari 1 kartu yang dijawab terasa membantu" in text
    assert "Terasa: 3 jawaban, 0 tidak menjawab." in text
    counsellor.page.get_by_text("Buka buktinya").first.click()


def today(member: Person, room: str) -> None:
    member.open(room.replace("/ruang/", "/pertemuan/") + "aku/")
    member.axe()
    expect(member.page.get_by_text("Berat, ya. Aku dengar kamu.")).to_be_visible()
    expect(member.page.get_by_text("Bicara dengan ibu hari Minggu.")).to_be_visible()
