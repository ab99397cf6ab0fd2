"""Secret bytes that do not show themselves in a repr, a traceback, a pickle or JSON."""

from typing import NoReturn, final


@final
class Secret:
    """Key material. `reveal()` is the only way to the bytes."""

    __slots__ = ("_value",)

    def __init__(self, value: bytes) -> None:
        self._value = value

    def reveal(self) -> bytes:
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        raise TypeError("compare secrets with suite.same")

    __hash__ = None  # type: ignore[assignment]  # a secret must not become a dictionary key

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is never pickled")
