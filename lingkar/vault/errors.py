"""What can go wrong in the vault. Messages are constant: no content, name or key may travel in an exception."""


class VaultError(Exception):
    """Something cannot be opened or is refused. Callers show "cannot be opened" and never fall back to clear text."""


class CannotOpenError(VaultError):
    """Wrong key, altered bytes, or a blob from another place."""


class RefusedError(VaultError):
    """A signature, pin, parameter or version is not acceptable."""


class ShreddedError(VaultError):
    """The shred secret of this epoch is gone; its content can never be opened again."""
