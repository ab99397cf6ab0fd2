"""Words of the safety desk."""

from django.utils.translation import gettext as _


def case_states() -> dict[str, str]:
    """States of a case on the safety desk."""
    return {
        "raised": _("Belum dijawab"),
        "acknowledged": _("Sudah dilihat"),
        "contacted": _("Sudah dihubungi"),
        "asked": _("Sudah ditanya langsung"),
        "acting": _("Sedang ditindaklanjuti"),
        "follow-up": _("Dipantau"),
        "closed": _("Selesai"),
    }


def case_checklist() -> list[str]:
    """What helps, in order (domain.md, section c2)."""
    return [
        _("Terima dulu: berterima kasih, tidak berdebat, tidak menjanjikan rahasia tanpa batas."),
        _("Temui berdua, hari ini juga. Jangan tinggalkan sendirian kalau bahayanya dekat."),
        _("Tanya langsung tentang bunuh diri: keinginan, rencana, alat, percobaan."),
        _("Tanya siapa di rumah, dan apa yang menjaganya sampai sekarang."),
        _("Kalau pelakunya ada di rumah, jangan hubungi rumah: UPTD PPA, SAPA 129, atau polisi dulu."),
        _("Putuskan tingkatnya bersama rekan, jangan sendirian. Tulis jam dan alasannya."),
        _("Tingkat tinggi: jangan sendirian, libatkan layanan darurat. Tingkat sedang: rujuk hari itu juga."),
        _("Beri tahu dia dulu apa yang akan disampaikan, kepada siapa, dan sesedikit apa."),
        _("Hubungi lagi besok, dan sekali lagi setelah seminggu."),
    ]
