"""Sentences that room.js puts beside what it draws, in the reader's language. %s stands for a name or a number."""

from django.utils.translation import gettext as _

from lingkar.circle.asas import strength_texts, theme_texts
from lingkar.groups.audience import Audience
from lingkar.room import wire


def sentences(*, counsellor: bool, leader: str, name: str) -> dict[str, str]:
    """The who-lines are keyed by way of speaking."""
    shared = {
        "replies": _("menjawab %s"),
        "nameless": _("Tanpa nama"),
        "from-middle": _("dari tengah lingkar"),
        "passed": _("%s lewat"),
        "hand": _("%s mengangkat tangan"),
        "pause-asked": _("%s minta jeda"),
        "paused": _("Jeda. Tarik napas dulu."),
        "resumed": _("Lanjut lagi."),
        "stage": _("Tahap: %s"),
        "admitted": _("%s masuk"),
        "departed": _("%s tidak lagi di sini"),
        "withdrawn": _("Tulisan ini ditarik oleh yang menulis."),
        "explained": _(
            "Batas kerahasiaan dijelaskan lagi. Yang diceritakan di sini tinggal di sini, kecuali lima hal."
        ),
        "affirm": _("Aku paham"),
        "affirmed": _("%s paham"),
        "round": _("Putaran dimulai."),
        "turn": _("Giliran %s"),
        "round-ended": _("Putaran selesai."),
        "why": _("Mengapa ditanyakan: %s"),
        "answered-count": _("%s dari %s sudah"),
        "answered-hidden": _("menjawab putaran, belum terlihat lingkar"),
        "my-answer": _("jawabanmu, tersembunyi sampai putaran selesai"),
        "thinking": _("%s masih berpikir"),
        "too-long": wire.sentence("TOO-LONG"),
        "closed": _("Pertemuan ditutup. Terima kasih sudah datang."),
        "reply": _("Tanggapi"),
        "empty": wire.sentence("EMPTY"),
        "sure-withdraw": _("Tarik tulisan ini? Kata-katanya dihapus untuk semua orang."),
        "me-too": _("Aku juga"),
        "me-too-said": _("%s juga"),
        "me-too-named": _("Aku juga, dengan nama"),
        "me-too-counted": _("Cukup dihitung"),
        "value-difference": _("Bagiku lain, dan kuhargai"),
        "me-too-kept": _("Dihitung tanpa nama. Muncul di akhir kalau paling sedikit tiga orang."),
        "me-too-count": _("%s orang membawa hal serupa dengan cerita %s."),
        "difference-said": _("Bagi %s lain, dan ia menghargainya"),
        "ready-said": _("%s siap menerima kartu"),
        "not-ready-said": _("%s belum ingin menerima kartu"),
        "picking": _("Benang merah: pilih yang juga kamu bawa. Hanya konselor yang melihat pilihanmu."),
        "pick-send": _("Kirim pilihanku"),
        "picked": _("Pilihanmu sudah sampai."),
        "threads": _("Benang merah di lingkar ini:"),
        "thread-count": _("%s orang"),
        "threads-none": _("Belum ada benang merah yang dibawa paling sedikit tiga orang. Tiap cerita tetap berharga."),
        "offer": _("Terima kasih sudah menulis ini. Konselormu sudah diberi tahu. Mau bicara berdua?"),
        "quiet-offer": _("Kalau ini sedang berat, kamu tidak harus sendirian. Hanya kamu yang melihat baris ini."),
        "offer-go": _("Buka bantuan"),
        "closing-go": _("Isi penutup"),
        "after-go": _("Lihat pertemuan ini sebagai roda") if counsellor else _("Isi penutup"),
        "plan-due": _("Sebelum mulai: bagaimana kabar rencanamu waktu itu?"),
        "plan-go": _("Ceritakan atau lewat"),
        "strengths-shared": _("Yang khas dari %s:"),
        **{f"strength-{item}": text for item, text in strength_texts().items()},
        "norm-proposed": _("%s mengusulkan kesepakatan:"),
        "norm-agreed": _("%s setuju dengan usulan."),
        "norm-against": _("%s keberatan dengan usulan."),
        "norms-new": _("Kesepakatan lingkar diperbarui."),
        "agreement-open": _("Buka kesepakatan"),
        "card-round": _("Putaran kartu: tiap orang yang siap memberi satu dan menerima satu."),
        "card-turn": _("Kartumu kali ini untuk %s."),
        "cards-new": _("Ada kartu untukmu."),
        "cards-open": _("Buka kartu"),
        **{f"theme-{theme}": text for theme, text in theme_texts().items()},
        "withdraw": _("Tarik"),
        "widen": _("Sampaikan juga ke lingkar"),
        "to-counsellor": _("hanya untuk konselor"),
        "as-theme": _("Ada yang membawa: %s"),
        "in-bowl": _("di mangkuk, menunggu tiga orang menulis; sampai itu hanya konselor yang melihat"),
        "held": _("Konselormu sudah memegang ini. Kamu tidak sendirian; halaman Bantuan selalu terbuka."),
        "held-short": _("ditahan konselor"),
        "private-note": _("catatan pribadi"),
        "replying-to": _("Menjawab %s"),
        "here": _("hadir"),
        "away": _("tidak tersambung"),
        "answers": _("menjawab %s"),
        "raised": _("mengangkat tangan"),
        "speaks": _("%s bercerita"),
        "quiet": _("Belum ada yang bicara."),
        "offline": _("Sambungan terputus. Menyambung lagi… tulisanmu tetap di sini."),
        "lobby": _("Kamu sudah di lobi. Konselormu mengizinkan masuk sebentar lagi."),
        "not-open": _("Ruang belum dibuka. Kamu bisa menunggu di sini."),
        "gone": _("Kamu tidak lagi berada di ruang ini."),
        "too-many": _("Terlalu banyak tab terbuka. Tutup yang lain, lalu muat ulang."),
        "forming": _("Pembentukan"),
        "transition": _("Peralihan"),
        "working": _("Kegiatan"),
        "closing": _("Pengakhiran"),
    }
    own = _counsellor() if counsellor else {}
    return {**shared, **own, **_who(counsellor=counsellor, leader=leader, name=name)}


def _who(*, counsellor: bool, leader: str, name: str) -> dict[str, str]:
    """The "who can see this" line of each way to speak, from the audience of its event and from nothing else.

    Of words to the circle the page fills in how many hold the newest key; `-none` is for nobody.
    """
    lines = who_lines(counsellor=counsellor, leader=leader, name=name)
    said = {way: lines[kind.audience] for way, kind in wire.WAYS.items() if kind.audience in lines}
    said["nameless"] = _("Keluar tanpa nama setelah tiga orang menulis. %(leader)s tahu siapa yang menulis.") % {
        "leader": leader
    }
    said["theme"] = _(
        "Setelah tiga orang menulis, lingkar melihat temanya saja, tanpa nama. %(leader)s membaca kata-katamu."
    ) % {"leader": leader}
    if not counsellor:
        said["answer"] = _(
            "Tersembunyi sampai putaran selesai, lalu dibaca yang ada di ruang saat itu, atas nama %(name)s. "
            "%(leader)s sudah bisa membaca."
        ) % {"leader": leader, "name": name}
    said["named-none"] = (
        _("Belum ada yang masuk: sekarang hanya Anda yang membaca.")
        if counsellor
        else _("Dibaca %(leader)s, atas nama %(name)s.") % {"leader": leader, "name": name}
    )
    return {f"who-{way}": line for way, line in said.items()}


def who_lines(*, counsellor: bool, leader: str, name: str) -> dict[Audience, str]:
    """One sentence an audience: who holds the key that opens it. %s stands for how many others are inside."""
    if counsellor:
        in_room = _("Dibaca %(count)s anggota yang sudah masuk.")
    else:
        in_room = _("Dibaca %(count)s teman yang sudah masuk dan %(leader)s, atas nama %(name)s.")
    only_me = _("Hanya Anda yang bisa membaca ini.") if counsellor else _("Hanya kamu yang bisa membaca ini.")
    names = {"count": "%s", "leader": leader, "name": name}
    return {
        Audience.ROOM: in_room % names,
        Audience.COUNSELLORS: _("Hanya dibaca %(leader)s.") % names,
        Audience.AUTHOR: only_me,
    }


def _counsellor() -> dict[str, str]:
    return {
        "link": _("%s dan %s: sama-sama tentang %s"),
        "next-open": _("Buka ruang. Yang lain menunggu di lobi."),
        "next-lobby": _("Izinkan masuk: %s menunggu di lobi."),
        "next-signal": _("Ada sinyal keselamatan dari %s. Temui dulu."),
        "next-unanswered": _("Sambut cerita %s. Belum ada yang menanggapi."),
        "next-welcome": _("Sambut %s, yang baru masuk, dengan namanya."),
        "next-hand": _("%s mengangkat tangan."),
        "next-unheard": _("Ajak %s, tanpa memaksa."),
        "next-nothing": _("Dengarkan saja dulu."),
        "next-case": _("Temui %s berdua, lalu catat di meja keselamatan."),
        "next-stage": _("Waktu tahap ini sudah lewat. Lanjut ke %s?"),
        "next-silence": _("Sudah lama sepi. Ajak seseorang, atau lanjut ke %s."),
        "next-together": _("Tunggu jawaban. Tekan Selesai untuk menunjukkan semua yang sudah ada."),
        "next-round": _("Giliran %s. Tekan Berikutnya kalau sudah."),
        "next-closed": _("Pertemuan ini sudah ditutup."),
        "case-open": _("Buka meja keselamatan"),
        "round-empty": _("Belum ada anggota yang masuk untuk putaran."),
        "picking-lead": _(
            "Putaran benang merah dibuka. Tekan “Benang merah” lagi untuk menutupnya dan melihat yang dibawa bersama."
        ),
        "pause-on": _("Lanjut"),
        "pause-off": _("Jeda"),
        "seen": _("Sudah saya lihat"),
        "flag-wrong": _("Tandanya keliru"),
        "flag-judged": _("Dicatat: tandanya keliru. Catatan ini tinggal di sini."),
        "note-shared": _("%s membagikan sebuah catatan dengan Anda"),
        "reviewed": _("%s memberi kabar tentang rencananya: "),
        "review-2": _("sudah dicoba"),
        "review-1": _("sebagian"),
        "review-0": _("belum"),
        "review--1": _("dilewati"),
        "release": _("Teruskan ke lingkar"),
        "signal": _("Kata-kata %s terdengar berat"),
        "passes": _("lewat %s kali"),
        "nobody": _("Tidak ada"),
        "admit": _("Izinkan"),
        "wrote-nameless": _("menulis tanpa nama"),
        "insisted": _("%s mengirim walau diingatkan"),
        "sure-close": _("Tutup pertemuan untuk semua?"),
    }


def starters() -> list[str]:
    """Beginnings of an answer that receives without approving or advising; own words."""
    return [
        _("Terima kasih sudah menceritakannya."),
        _("Aku mendengar bahwa"),
        _("Kedengarannya itu berat, ya."),
        _("Boleh cerita lebih banyak tentang"),
    ]


def depth_names() -> list[str]:
    """The four depths of question cards, in order."""
    return [
        _("1 Pemanasan"),
        _("2 Sehari-hari"),
        _("3 Yang di dalam"),
        _("4 Yang terdalam"),
    ]
