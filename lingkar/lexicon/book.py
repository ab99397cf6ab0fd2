"""The rules as data: classes of words, frames over them, and slang; each file with its source and licence."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
_CLASS = re.compile(r"\{([A-Z_]+)\}")
_FILL = re.compile(r"~(\d)")
COMMON = frozenset(
    "tidak ada aku diri dari my to be not i di lagi saja the of and ke yang it all for".split()  # noqa: SIM905
)
"""Words too common to tell whether a frame may match."""
_LETTERS = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Rule:
    """One frame: its id, what it says, and the pattern over normalised text.

    `needs`: one of these words must be there at all. `beside`: something that must stand in the same sentence,
    `apart`: something that must not.
    `catch` and `leave` are sentences that the tests hold it to.
    """

    id: str
    level: int
    pattern: re.Pattern[str]
    needs: frozenset[str]
    beside: re.Pattern[str] | None
    apart: re.Pattern[str] | None
    catch: str
    leave: str


_LOCAL_SLANG: dict[str, str] = {}
_LOCAL_CLASSES: dict[str, list[str]] = {}


def add_local(slang_words: dict[str, str], class_words: dict[str, list[str]]) -> None:
    """Words of this installation stand beside the shipped ones; what was read before is read anew."""
    _LOCAL_SLANG.clear()
    _LOCAL_SLANG.update(slang_words)
    _LOCAL_CLASSES.clear()
    _LOCAL_CLASSES.update({name: [re.escape(word) for word in words] for name, words in class_words.items()})
    for cached in (slang, classes, vocabulary, guarded, rules, pattern, frame, lone, single):
        cached.cache_clear()


@lru_cache(maxsize=1)
def slang() -> dict[str, str]:
    """Typed form -> standard words; those of this installation come last and win."""
    found = {}
    for line in (DATA / "slang.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        form, standard, _source, _licence = line.split("\t")
        found[form] = standard
    return {**found, **_LOCAL_SLANG}


@lru_cache(maxsize=1)
def classes() -> dict[str, list[str]]:
    """Name -> words or short phrases, in standard form."""
    found: dict[str, list[str]] = {}
    for path in sorted(DATA.glob("*.toml")):
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        for name, words in read.get("classes", {}).items():
            found.setdefault(name, []).extend(words)
    for name, words in _LOCAL_CLASSES.items():
        found.setdefault(name, []).extend(words)
    return found


@lru_cache(maxsize=1)
def vocabulary() -> frozenset[str]:
    """Single words that any class or frame knows."""
    words = {word for entry in classes().values() for phrase in entry for word in _LETTERS.findall(phrase)}
    for path in sorted(DATA.glob("*.toml")):
        for rule in tomllib.loads(path.read_text(encoding="utf-8")).get("rule", []):
            words.update(_LETTERS.findall(_CLASS.sub(" ", rule["pattern"])))
    return frozenset(word for word in words if len(word) > 2)


@lru_cache(maxsize=1)
def guarded() -> tuple[str, ...]:
    """Words that people hide behind stars."""
    return tuple(classes()["HIDDEN"])


def expand(pattern: str) -> str:
    """`{NAME}` becomes the class, `~3` up to three words of the same clause."""

    def one(match: re.Match[str]) -> str:
        return "(?:" + "|".join(sorted(classes()[match.group(1)], key=len, reverse=True)) + ")"

    filled = _FILL.sub(lambda match: rf"(?:[^| ]+ ){{0,{match.group(1)}}}", pattern)
    return _CLASS.sub(one, _CLASS.sub(one, filled))


@lru_cache(maxsize=16)
def rules(name: str) -> tuple[Rule, ...]:
    """The frames of one file, in their order."""
    read = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    return tuple(_rule(item) for item in read["rule"])


def _rule(item: dict[str, Any]) -> Rule:
    return Rule(
        id=item["id"],
        level=item.get("level", 1),
        pattern=re.compile(rf" (?:{expand(item['pattern'])})(?= )"),
        needs=frozenset(_LETTERS.findall(expand(item["needs"]))) - COMMON if "needs" in item else frozenset(),
        beside=pattern(item["with"]) if "with" in item else None,
        apart=pattern(item["without"]) if "without" in item else None,
        catch=item["catch"],
        leave=item["leave"],
    )


@lru_cache(maxsize=32)
def pattern(name: str) -> re.Pattern[str]:
    """Any word of a class."""
    return re.compile(rf" {expand('{' + name + '}')}(?= )")


@lru_cache(maxsize=64)
def frame(text: str) -> re.Pattern[str]:
    """A pattern over classes, compiled once."""
    return re.compile(expand(text))


@lru_cache(maxsize=8)
def lone(name: str, file: str = "safety") -> re.Pattern[str]:
    """A frame that stands by itself under `[frames]`."""
    return frame(tomllib.loads((DATA / f"{file}.toml").read_text(encoding="utf-8"))["frames"][name])


@lru_cache(maxsize=8)
def single(name: str) -> frozenset[str]:
    """The single words of a class."""
    return frozenset(word for phrase in classes()[name] for word in phrase.split())


@dataclass(frozen=True)
class Trace:
    """A pattern over the text as typed. `sign`: without one of these it cannot match; "0" stands for any digit."""

    sign: str
    pattern: re.Pattern[str]
    id: str
    en: str
    catch: str
    leave: str

    def may_match(self, text: str, *, has_digit: bool) -> bool:
        return not self.sign or (has_digit if self.sign == "0" else any(one in text for one in self.sign))


@lru_cache(maxsize=1)
def leaks() -> dict[str, Trace]:
    """Kind -> what it looks like."""
    read = tomllib.loads((DATA / "leak.toml").read_text(encoding="utf-8"))["patterns"]
    return {kind: Trace(**{**item, "pattern": re.compile(item["pattern"])}) for kind, item in read.items()}


@lru_cache(maxsize=1)
def retell() -> re.Pattern[str]:
    """Carrying outside what was said in a session."""
    return re.compile(expand(tomllib.loads((DATA / "leak.toml").read_text(encoding="utf-8"))["retell"]))


@lru_cache(maxsize=1)
def public_numbers() -> frozenset[str]:
    """Help lines that anybody may write."""
    return frozenset(tomllib.loads((DATA / "leak.toml").read_text(encoding="utf-8"))["public"])


@lru_cache(maxsize=8)
def sentences(name: str) -> dict[str, dict[str, str]]:
    """What is shown, by kind and language."""
    read = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    return dict(read["sentences"])
