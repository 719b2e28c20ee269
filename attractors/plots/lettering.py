"""Text that keeps its place in a drawing whatever the size of the axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

SPACING = 1.25


class Lettering(Text):
    """Text whose size is in units of the vertical axis, so that it scales with the drawing.

    Parameters
    ----------
    x, y : float
        In data units.
    text : str
        Its lines.
    height : float
        Size of the font in data units.
    **more
        As for :class:`matplotlib.text.Text`.
    """

    def __init__(self, x: float, y: float, text: str, height: float, **more: Any) -> None:
        # names may hold "_" and "$": they are never formulas
        super().__init__(x, y, text, parse_math=False, linespacing=SPACING, **more)
        self._height = height
        # it lies within the axes; its size before the first draw must not move them
        self.set_in_layout(False)

    def draw(self, renderer: RendererBase) -> None:
        """Fit the font to the axes, then draw."""
        if self.axes is not None and self.figure is not None:
            (_, low), (_, high) = self.axes.transData.transform([(0.0, 0.0), (0.0, self._height)])
            points = abs(high - low) * 72.0 / self.figure.dpi
            if points != self.get_fontsize():
                self.set_fontsize(points)
        super().draw(renderer)


def letter(ax: Axes, x: float, y: float, text: str, height: float, **more: Any) -> Lettering:
    """Add a :class:`Lettering` to an Axes and return it."""
    made = Lettering(x, y, text, height, transform=ax.transData, **more)
    ax.add_artist(made)
    return made


def extent(lines: Sequence[str], height: float, weight: str = "normal") -> tuple[float, float]:
    """Return width and height of lines of text in the units of the font's height."""
    font = FontProperties(size=100.0, weight=weight)
    widths = [text_to_path.get_text_width_height_descent(line, font, False)[0] for line in lines]
    # fonts are fitted to pixels when drawn, which widens them by up to a few percent
    return 1.06 * max(widths, default=0.0) * height / 100.0, len(lines) * SPACING * height
