"""What stands in the open ledger, in plain words."""

from django.utils.translation import gettext as _

from lingkar.vault.box import Document


def sentence(document: Document | None, *, is_mine: bool) -> str:
    """One act. `None`: from an epoch the reader holds no key for. `is_mine`: somebody outside was told about them."""
    if document is None:
        return _("Sebelum kamu datang")
    if document["act"] == "told" and is_mine:
        return _("Sesuatu tentangmu disampaikan ke luar lingkar, sesedikit yang perlu. Tanyakan kepada konselormu.")
    details = {name: document.get(name, "") for name in ("name", "session", "before", "text", "due")}
    return _sentences()[document["act"]] % details


def _sentences() -> dict[str, str]:
    return {
        "made": _("Lingkar dibuat"),
        "joined": _("%(name)s diterima"),
        "paper": _("Izin wali di kertas dicatat"),
        "opened": _("Pertemuan %(session)s dibuka"),
        "admitted": _("%(name)s masuk ke pertemuan %(session)s"),
        "closed": _("Pertemuan %(session)s ditutup"),
        "removed": _("%(name)s dikeluarkan"),
        "renamed": _("%(before)s sekarang bernama %(name)s"),
        "report": _("Laporan pertemuan %(session)s dibuat, tanpa cerita siapa pun"),
        "ended": _("Lingkar diakhiri"),
        "supervised": _("Ringkasan sampai pertemuan %(session)s disegel untuk pengawas, tanpa nama"),
        "revised": _("Kesepakatan atau batas kerahasiaan diperbarui"),
        "told": _("Sesuatu disampaikan ke luar lingkar menurut batas kerahasiaan"),
        "backup": _("%(name)s menjadi cadangan"),
        "backup-left": _("%(name)s bukan cadangan lagi"),
        "case-opened": _("Cadangan membuka satu sinyal yang 15 menit belum dijawab"),
        "flags-exported": _("Kata-kata yang tandanya keliru diunduh untuk memperbaiki pemeriksa kata"),
        "left": _("Seseorang keluar"),
        "promised": _("Janji: %(text)s, sampai %(due)s"),
        "promise-seen": _("Melihat sebuah janji ditepati"),
        "erased": _("Tulisan seseorang dihapus, karena ia atau walinya memintanya"),
        "renewed": _("Kunci %(name)s diperbarui"),
    }
