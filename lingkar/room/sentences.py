"""Sentences that room.js puts beside what it draws, in the reader's language. %s stands for a name or a number."""

from django.utils.translation import gettext as _

from lingkar.room import wire


def sentences(*, counsellor: bool, others: int, leader: str, name: str) -> dict[str, str]:
    """`others` are the members besides the reader; the who-lines are keyed by way of speaking."""
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
        "too-long": wire.sentence("TOO-LONG"),
        "closed": _("Pertemuan ditutup. Terima kasih sudah datang."),
        "reply": _("Tanggapi"),
        "withdraw": _("Tarik"),
        "to-counsellor": _("hanya untuk konselor"),
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
    own = _counsellor(others) if counsellor else _member(others, leader, name)
    return {**shared, **own}


def _member(others: int, leader: str, name: str) -> dict[str, str]:
    return {
        "who-named": (
            _("Dibaca %(others)s teman dan %(leader)s, atas nama %(name)s.")
            if others
            else _("Dibaca %(leader)s, atas nama %(name)s.")
        )
        % {"others": others, "leader": leader, "name": name},
        "who-alone": _("Hanya dibaca %(leader)s.") % {"leader": leader},
        "who-nameless": _("Keluar tanpa nama setelah tiga orang menulis. %(leader)s tahu siapa yang menulis.")
        % {"leader": leader},
    }


def _counsellor(others: int) -> dict[str, str]:
    return {
        "who-named": _("Dibaca %(others)s anggota yang hadir.") % {"others": others},
        "who-note": _("Hanya Anda yang bisa membaca ini."),
        "next-open": _("Buka ruang. Yang lain menunggu di lobi."),
        "next-lobby": _("Izinkan masuk: %s menunggu di lobi."),
        "next-signal": _("Ada sinyal keselamatan dari %s. Temui dulu."),
        "next-unanswered": _("Sambut cerita %s. Belum ada yang menanggapi."),
        "next-hand": _("%s mengangkat tangan."),
        "next-unheard": _("Ajak %s, tanpa memaksa."),
        "next-nothing": _("Dengarkan saja dulu."),
        "seen": _("Sudah saya lihat"),
        "release": _("Teruskan ke lingkar"),
        "signal": _("Kata-kata %s terdengar berat"),
        "passes": _("lewat %s kali"),
        "nobody": _("Tidak ada"),
        "admit": _("Izinkan"),
        "wrote-nameless": _("menulis tanpa nama"),
        "insisted": _("%s mengirim walau diingatkan"),
        "sure-close": _("Tutup pertemuan untuk semua?"),
    }
