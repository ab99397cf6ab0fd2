"""Words of the gates: limits, situations, shipped norms and promises, by id and in the reader's language."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingkar.principles.confidentiality import limits
from lingkar.principles.contract import Remark

LONGEST_PHRASE = 60


def limit_texts(leader: str, backup: str, own: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Title and explanation of the five limits, in order. `own`: the organisation's wording where it has one."""
    names = {"leader": leader, "backup": backup}
    texts = {
        "life": (
            _("Nyawa atau tubuhmu dalam bahaya"),
            _("Kamu diberi tahu dulu, lalu %(backup)s, lalu orang tua atau wali. Hanya bahayanya, bukan ceritamu."),
        ),
        "threat": (
            _("Ada ancaman pada orang lain"),
            _("%(leader)s memperingatkan orang yang terancam atau meminta bantuan. Hanya yang perlu."),
        ),
        "child": (
            _("Ada anak yang disakiti"),
            _("%(leader)s melapor ke layanan perlindungan anak. Pelakunya tidak diberi tahu."),
        ),
        "court": (_("Pengadilan memerintahkan"), _("Hanya yang diperintahkan, dan kamu diberi tahu.")),
        "supervision": (
            _("%(leader)s berkonsultasi, tanpa nama"),
            _("Supaya pendampingannya makin baik. Tidak ada nama dan tidak ada ciri yang bisa dikenali."),
        ),
    }
    wordings = (*own, *[""] * len(limits.LIMITS))
    return [
        (texts[item][0] % names, wording or texts[item][1] % names)
        for item, wording in zip(limits.LIMITS, wordings, strict=False)
    ]


def situation_texts(shown: Sequence[tuple[str, str]], own_limits: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The three situations with options; `why` explains each answer. `shown`: the limits, by `limit_texts`."""
    texts: dict[str, dict[str, Any]] = {
        "friend": {
            "question": _("Temanmu di luar bertanya, “Tadi dia cerita apa?” Apa jawabmu?"),
            "nameless": (_("Kuceritakan, asal tanpa nama"), _("Teman dekat bisa menebak siapa, walau tanpa nama.")),
            "ask-them": (_("“Tanya orangnya saja, ya.”"), _("Betul. Cerita itu milik yang bercerita.")),
            "funny": (
                _("Kuceritakan yang lucu-lucu saja"),
                _("Yang lucu bagimu bisa menyakitkan bagi yang bercerita."),
            ),
        },
        "danger": {
            "question": _("Seseorang menulis bahwa ia mau menyakiti dirinya. Siapa yang diberi tahu?"),
            "nobody": (_("Tidak seorang pun, ini rahasia"), _("Kalau ada yang bisa terluka, diam tidak melindungi.")),
            "told-first": (
                _("Ia diberi tahu dulu, lalu sesedikit mungkin orang yang bisa menolong"),
                _("Betul. Hanya bahayanya yang disampaikan, bukan ceritanya."),
            ),
            "everybody": (_("Semua guru dan orang tua"), _("Tidak. Sesedikit mungkin orang, dan hanya yang perlu.")),
        },
        "others": {
            "question": _("Bisakah konselormu menjamin anggota lain tidak bercerita di luar?"),
            "all-promise": (
                _("Bisa, semua sudah berjanji"),
                _("Janji itu sungguhan, tetapi tidak ada yang bisa dijamin."),
            ),
            "cannot-promise": (
                _("Tidak, jadi kuceritakan yang siap kuceritakan saja"),
                _("Betul. Ia memegang janjinya sendiri dan meminta janji yang lain."),
            ),
            "software": (_("Bisa, aplikasinya menjaga"), _("Aplikasi menjaga tulisan, bukan mulut orang.")),
        },
    }
    texts["worded"] = _worded(dict(zip(limits.LIMITS, shown, strict=True)))
    return [
        {
            "id": situation.id,
            "question": texts[situation.id]["question"],
            "right": situation.right,
            "options": [(option, *texts[situation.id][option]) for option in situation.options],
        }
        for situation in limits.situations(own_limits)
    ]


def _worded(by_limit: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """Asks in the organisation's own words, so that question and limits cannot part."""
    right = limits.WORDED.right
    found: dict[str, Any] = {
        "question": _("Apa yang terjadi di sini kalau ini: “%(limit)s”?") % {"limit": by_limit[right][0]}
    }
    for item in limits.WORDED.options:
        title, text = by_limit[item]
        is_right = item == right
        found[item] = (text, _("Betul. Begitu tertulis di batasnya.") if is_right else _("Itu untuk: %s.") % title)
    return found


def asking(remark: Remark, text: str) -> str:
    """A guide's remark in the reader's language: the phrase, why it may hurt, gentler words."""
    language = get_language() or "id"
    why, gentler = (said.get(language, said["id"]) for said in (remark.sentences, remark.gentler))
    return f"“{phrase(text, remark.span)}”: {why} {gentler}"


def phrase(text: str, span: tuple[int, int]) -> str:
    """What a reading points to, in one line."""
    return " ".join(text[span[0] : span[1]].split())[:LONGEST_PHRASE]


def norm_texts() -> dict[str, str]:
    """Shipped norms by id."""
    return {
        "@stays": _("Yang diceritakan di sini tinggal di sini."),
        "@listen": _("Kita mendengar dulu, tidak memotong dan tidak menertawakan."),
        "@pass": _("Siapa pun boleh lewat, tanpa alasan."),
        "@screens": _("Tidak ada tangkapan layar dan tidak ada rekaman."),
        "@own": _("Kita bicara tentang diri sendiri, bukan menilai orang lain."),
    }


def promise_texts() -> dict[str, str]:
    """What the counsellor promises, by id."""
    return {
        "@time": _("Saya mulai dan selesai tepat waktu."),
        "@follow": _("Saya menindaklanjuti yang saya janjikan."),
        "@first": _("Saya memberi tahu kamu dulu sebelum memberi tahu orang lain."),
    }


def shown(items: tuple[str, ...]) -> list[str]:
    """Norms or promises as the reader sees them: shipped ones translated, own ones as written."""
    known = {**norm_texts(), **promise_texts()}
    return [known.get(item, item) for item in items]
