"""The energy of a recall: an estimate, from published energies of single operations."""

from __future__ import annotations

from dataclasses import dataclass

PICO = 1e-12
WORD = 8.0


@dataclass(frozen=True)
class Energies:
    """Energies of single operations, in joules.

    A recall is taken to cost one addition for every synaptic event, and the reading of the
    bytes that it touches: from a cache if the memory fits in, else from main memory. What
    processors spend on instructions, idling and leakage is left out, so it is a lower bound.

    Attributes
    ----------
    name : str
    integer_event, real_event : float
        One synaptic event on whole-number and on real weights.
    cache_byte, memory_byte : float
        Reading one byte.
    cache : int
        Bytes that the cache holds.
    source : str
        Where the numbers are from.
    """

    name: str
    integer_event: float
    real_event: float
    cache_byte: float
    memory_byte: float
    cache: int
    source: str

    def recall(self, events: float, bytes_read: float, held: float, whole: bool) -> float:
        """Return the joules of one recall.

        Parameters
        ----------
        events, bytes_read : float
            Synaptic events and bytes read of one recall.
        held : float
            Bytes of the memory.
        whole : bool
            Whether its weights are whole numbers.
        """
        event = self.integer_event if whole else self.real_event
        byte = self.cache_byte if held <= self.cache else self.memory_byte
        return events * event + bytes_read * byte


# 32-bit additions; a megabyte of cache and DRAM by words of 64 bits, DRAM 1.3 to 2.6 nJ a word
SILICON = Energies(
    name="45 nm CMOS",
    integer_event=0.1 * PICO,
    real_event=0.9 * PICO,
    cache_byte=100.0 * PICO / WORD,
    memory_byte=0.5 * (1300.0 + 2600.0) * PICO / WORD,
    cache=2**20,
    source="Horowitz (2014), ISSCC, 10, doi:10.1109/ISSCC.2014.6757323",
)

# 1.64e5 ATP a released vesicle, released with probability 1/4, and for each of the 8000 boutons
# its share of the 3.84e8 ATP of an action potential; 50 kJ per mole of ATP
_ATP = 50e3 / 6.02214076e23
_EVENT = (0.25 * 1.64e5 + 3.84e8 / 8000.0) * _ATP

CORTEX = Energies(
    name="grey matter of rodents",
    integer_event=_EVENT,
    real_event=_EVENT,
    # weights lie where they act: nothing is moved
    cache_byte=0.0,
    memory_byte=0.0,
    cache=0,
    source="Attwell & Laughlin (2001), J. Cereb. Blood Flow Metab. 21:1133, "
    "doi:10.1097/00004647-200110000-00001",
)
