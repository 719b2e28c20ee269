"""Whether what is asked for fits in memory, found out before it is allocated."""

from __future__ import annotations

from attractors.errors import MemoryLimitError

SHARE = 0.8


def fits(size: int) -> bool:
    """Tell whether so many bytes are free, with a fifth of what is free left over."""
    return size <= SHARE * _available()


def require(owner: str, size: int, cure: str) -> None:
    """Refuse an allocation that does not fit.

    Parameters
    ----------
    owner : str
        What needs the memory, as the error should name it.
    size : int
        In bytes.
    cure : str
        What would fit, as the end of the message.

    Raises
    ------
    MemoryLimitError
        If less is free.
    """
    if size > 0 and not fits(size):
        raise MemoryLimitError(
            f"{owner} would take {size:,} bytes, {_available():,} are free; {cure}."
        )


def _available() -> int:
    # imported on use: small circuits need not pay for it
    import psutil

    return int(psutil.virtual_memory().available)
