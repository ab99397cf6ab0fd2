"""The four stages: planned minutes and one sentence that the counsellor can say aloud (domain.md, section a2)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

SHARES = {"forming": 6, "transition": 5, "working": 22, "closing": 7}


@dataclass(frozen=True)
class Stage:
    id: str
    name: str
    minutes: int
    script: str


def stages(minutes: int) -> list[Stage]:
    """The stages of a session of so many minutes."""
    texts = {
        "forming": (_("Pembentukan"), _("“Terima kasih sudah datang. Yang diceritakan di sini tinggal di sini.”")),
        "transition": (_("Peralihan"), _("“Apa yang membuatmu siap bercerita, dan apa yang masih mengganjal?”")),
        "working": (_("Kegiatan"), _("“Siapa yang pernah merasakan hal serupa? Boleh cukup mengangguk.”")),
        "closing": (_("Pengakhiran"), _("“Satu hal apa yang kamu bawa pulang hari ini?”")),
    }
    total = sum(SHARES.values())
    return [
        Stage(stage, texts[stage][0], max(1, round(minutes * share / total)), texts[stage][1])
        for stage, share in SHARES.items()
    ]
