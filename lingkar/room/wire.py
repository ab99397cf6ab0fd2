"""Frames: what a browser may send and what it gets. Everything is checked here; nothing is decided."""

import json
import re
import time
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from lingkar.circle import rules
from lingkar.circle.drafts import Delivery, Outcome
from lingkar.circle.events import FlagJudged, HeldReleased, PrivateNote, SignalSeen
from lingkar.groups.audience import Audience
from lingkar.principles.acceptance import guide as acceptance_guide
from lingkar.principles.acceptance.events import NudgeAnswered
from lingkar.principles.confidentiality import guide as confidentiality_guide
from lingkar.principles.confidentiality.events import LimitsAffirmed, LimitsExplained, Withdrawn
from lingkar.principles.contract import Event
from lingkar.principles.feedback.events import Readiness
from lingkar.principles.openness import guide as openness_guide
from lingkar.principles.openness.events import (
    BowlNote,
    BowlWanted,
    Passed,
    Post,
    RoundAnswered,
    RoundEnded,
    RoundPassed,
    RoundStarted,
    Thinking,
    TurnMoved,
    Whisper,
)
from lingkar.principles.responsibility.events import HandRaised
from lingkar.principles.trust.events import PauseAsked, PauseSet, StageMoved
from lingkar.principles.universality.events import (
    THEMES,
    DifferenceValued,
    MeToo,
    MeTooCounted,
    PickingEnded,
    PickingStarted,
    ThreadsPicked,
)

STEP = 256
LARGEST = 2**31
NUDGES = (acceptance_guide.RULE, confidentiality_guide.RULE, openness_guide.RULE)
LONGEST_QUESTION = 400
STAGES = ("forming", "transition", "working", "closing")
WAYS: dict[str, type[Event]] = {
    "named": Post,
    "alone": Whisper,
    "nameless": BowlNote,
    "theme": BowlNote,
    "answer": RoundAnswered,
    "note": PrivateNote,
}
"""Ways to speak. The event's audience picks the key, and the sentence about who reads it (room/sentences.py)."""

ID = re.compile(r"[0-9a-f]{32}")


class FrameError(Exception):
    """Not a frame of ours."""


def read(text: str) -> dict[str, Any]:
    """A frame as a dictionary with a string under "t". Raises `FrameError`."""
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FrameError from error
    if not isinstance(frame, dict) or not isinstance(frame.get("t"), str):
        raise FrameError
    return frame


def write(frame: dict[str, Any]) -> str:
    """JSON padded with spaces to 256-byte steps, so that its size says little."""
    text = json.dumps(frame, separators=(",", ":"))
    return text + " " * (-len(text) % STEP)


def event_of(frame: dict[str, Any], by: str) -> Event:
    """The event that a `say` or `mark` frame asks to keep. Raises `FrameError`."""
    made = stamp(_id(frame, "id"), by)
    if frame["t"] == "say":
        return _said(frame, made)
    if frame["t"] == "mark":
        return _marked(frame, made)
    raise FrameError


def stamp(event_id: str, by: str) -> dict[str, Any]:
    """What every event carries."""
    return {"id": event_id, "by": by, "at": time.time()}


def _said(frame: dict[str, Any], stamp: dict[str, Any]) -> Event:
    text = _text(frame, "text")
    reply = _id(frame, "reply") if frame.get("reply") else ""
    kind = WAYS.get(str(frame.get("way")))
    if kind is None:
        raise FrameError
    more: dict[str, Any] = {"text": text}
    if kind in (Post, Whisper):
        more["reply_to"] = reply
    if frame["way"] == "theme":
        more["theme"] = _themes({"themes": [frame.get("theme")]})[0]
    if kind is RoundAnswered:
        more["round"] = _id(frame, "round")
    return kind(**stamp, **more)


PLAIN_MARKS: dict[str, type[Event]] = {
    "pass": Passed,
    "thinking": Thinking,
    "pause": PauseAsked,
    "affirm": LimitsAffirmed,
    "explain": LimitsExplained,
    "bowl": BowlWanted,
    "picking-end": PickingEnded,
}


def _marked(frame: dict[str, Any], stamp: dict[str, Any]) -> Event:
    kind = frame.get("mark")
    if isinstance(kind, str) and kind in PLAIN_MARKS:
        return PLAIN_MARKS[kind](**stamp)
    match kind:
        case "hand":
            return HandRaised(**stamp, up=bool(frame.get("up")))
        case "withdraw":
            return Withdrawn(**stamp, target=_id(frame, "target"))
        case "ready":
            return Readiness(**stamp, ready=bool(frame.get("ready")))
        case "me-too":
            return (MeTooCounted if frame.get("counted") else MeToo)(**stamp, target=_id(frame, "target"))
        case "value-difference":
            return DifferenceValued(**stamp, target=_id(frame, "target"))
        case "nudge" if frame.get("rule") in NUDGES and frame.get("answer") in ("softened", "withdrawn"):
            return NudgeAnswered(**stamp, rule=str(frame["rule"]), answer=str(frame["answer"]))
        case "answer-pass":
            return RoundPassed(**stamp, round=_id(frame, "round"))
        case "picks":
            return ThreadsPicked(**stamp, themes=_themes(frame))
    return _marked_by_counsellor(frame, stamp)


def _marked_by_counsellor(frame: dict[str, Any], stamp: dict[str, Any]) -> Event:
    match frame.get("mark"):
        case "stage" if frame.get("stage") in STAGES:
            return StageMoved(**stamp, stage=frame["stage"], minutes=_minutes(frame))
        case "pause-set":
            return PauseSet(**stamp, on=bool(frame.get("on")))
        case "round":
            question, why = (_text(frame, name)[:LONGEST_QUESTION] for name in ("question", "why"))
            together = bool(frame.get("together"))
            return RoundStarted(**stamp, order=_ids(frame, "order"), question=question, why=why, together=together)
        case "round-end":
            return RoundEnded(**stamp, round=_id(frame, "round") if frame.get("round") else "")
        case "turn":
            return TurnMoved(**stamp, turn=_id(frame, "turn"))
        case "picking":
            return PickingStarted(**stamp, themes=_themes(frame))
        case "release":
            return HeldReleased(**stamp, target=_id(frame, "target"), author=_id(frame, "author"))
        case "flag-wrong" if frame.get("check") in ("safety", "attack"):
            return FlagJudged(**stamp, target=_id(frame, "target"), check=str(frame["check"]))
        case "seen":
            return SignalSeen(**stamp, target=_id(frame, "target"))
    raise FrameError


def numbers(after: dict[str, Any]) -> dict[Audience, int]:
    """The last number a browser saw in each audience. Raises `FrameError`."""
    seen = {audience: after.get(audience.value, 0) for audience in Audience}
    if not all(type(number) is int and 0 <= number < LARGEST for number in seen.values()):
        raise FrameError
    return seen


def _id(frame: dict[str, Any], name: str) -> str:
    value = frame.get(name)
    if not isinstance(value, str) or not ID.fullmatch(value):
        raise FrameError
    return value


def _ids(frame: dict[str, Any], name: str) -> tuple[str, ...]:
    values = frame.get(name)
    if not isinstance(values, list) or len(values) > 20:
        raise FrameError
    return tuple(_id({"id": value}, "id") for value in values)


def _themes(frame: dict[str, Any]) -> tuple[str, ...]:
    values = frame.get("themes")
    if not isinstance(values, list) or not all(isinstance(value, str) and value in THEMES for value in values):
        raise FrameError
    return tuple(dict.fromkeys(values))


def _text(frame: dict[str, Any], name: str) -> str:
    value = frame.get(name, "")
    if not isinstance(value, str):
        raise FrameError
    return value.replace("\x00", "").encode("utf-8", "replace").decode().strip()


def _minutes(frame: dict[str, Any]) -> int:
    value = frame.get("minutes")
    return value if isinstance(value, int) and 0 <= value <= 240 else 0


def shown(document: dict[str, Any]) -> dict[str, Any]:
    """What a browser gets of a sealed document; of what names nobody, that there is something, and not what."""
    kind = rules.KINDS.get(document["kind"])
    if kind and kind.unnamed:
        return {"kind": "Unnamed"}
    return {name: value for name, value in document.items() if name != "previous"}


def delivered(delivery: Delivery) -> dict[str, Any]:
    return {
        "t": "event",
        "a": delivery.audience,
        "n": delivery.event.number,
        "e": shown(rules.to_document(delivery.event)),
    }


def answered(outcome: Outcome, language: str) -> dict[str, Any]:
    """The author's answer, with its sentence in their language."""
    frame: dict[str, Any] = {"t": "ack", "id": outcome.id, "state": outcome.state, "n": outcome.number}
    with translation.override(language):
        if outcome.state == "refused":
            frame |= {"rule": outcome.rule, "text": sentence(outcome.rule)}
        if outcome.signal:
            frame["help"] = True
        if outcome.offer:
            frame["offer"] = True
        if outcome.remark:
            sentences = outcome.remark.sentences
            frame |= {
                "rule": outcome.remark.rule,
                "text": sentences.get(language, sentences["id"]),
                "gentler": outcome.remark.gentler.get(language, outcome.remark.gentler["id"]),
                "span": list(outcome.remark.span),
            }
    return frame


def sentence(rule: str) -> str:
    """Why something was not kept."""
    sentences = {
        "NO-RIGHT": _("Kamu tidak lagi berada di lingkar ini."),
        "NOT-OPEN": _("Pertemuan ini tidak sedang terbuka. Tulisanmu masih di sini."),
        "GROUP-ENDED": _("Lingkar ini sudah selesai. Yang masih bisa: ucapan perpisahan."),
        "KEYS-TURNING": _("Kunci ruang sedang diganti. Coba lagi sebentar."),
        "STALE-KEYS": _("Kamu belum diizinkan masuk, atau kuncimu baru diganti. Coba lagi sebentar."),
        "COUNSELLOR-ONLY": _("Ini hanya untuk konselor."),
        "TOO-LONG": _("Terlalu panjang: paling banyak 4.000 huruf sekali kirim. Bagi menjadi beberapa bagian."),
        "FEEDBACK-STAGE": _("Kartu dibuka mulai tahap kegiatan."),
        "FEEDBACK-SELF": _("Kartu ini untuk orang lain."),
        "FEEDBACK-NOT-READY": _("Orang ini belum siap menerima kartu. Kamu bisa mencoba lagi nanti."),
        "FEEDBACK-APPRECIATE-FIRST": _("Di pertemuan awal, mulai dengan satu kartu yang menghargai orang ini."),
        "FEEDBACK-FEW": _("Paling sedikit dua orang harus siap menerima kartu dulu."),
        "FEEDBACK-GONE": _("Orang ini tidak lagi di lingkar."),
        "EMPTY": _("Belum ada tulisan."),
        "AGREE-FIRST": _("Kesepakatan berubah. Baca dan tanda tangani dulu; tulisanmu masih di sini."),
        "ROUND-OVER": _("Putaran ini sudah selesai. Tulisanmu masih di sini; pilih cara bicara lain."),
        "ROUND-ANSWERED": _("Kamu sudah menjawab putaran ini. Tulisanmu masih di sini; pilih cara bicara lain."),
        "ROUND-NOT-YOURS": _(
            "Putaran ini dimulai sebelum kamu masuk. Tulisanmu masih di sini; pilih cara bicara lain."
        ),
        "ROUND-RUNNING": _("Putaran yang jawabannya masih tersembunyi belum selesai. Akhiri dulu."),
        "NOT-YOURS": _("Hanya tulisanmu sendiri yang bisa kamu tarik."),
        "NOT-THERE": _("Tulisan itu sudah tidak ada."),
        "TOO-MANY": _("Terlalu banyak tab terbuka. Tutup yang lain, lalu muat ulang."),
        "BAD-FRAME": _("Kiriman ini tidak bisa dibaca."),
    }
    return sentences.get(rule, _("Belum tersimpan. Coba lagi."))
