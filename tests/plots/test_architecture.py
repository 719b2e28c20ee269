"""The drawing of an architecture: complete, legible, the same every time."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, PathPatch

import attractors as at
from attractors.plots import architecture, style
from attractors.plots.architecture import _sizes
from attractors.plots.layout import lay_out


def network(name, units=100, rule=at.Willshaw()):  # noqa: B008 -- frozen
    return at.AttractorNetwork(name, units, at.KWinners(10), rule)


def cortex():
    edges = [
        at.Association("image", "word"),
        at.Association("image", "word", name="second_route", gain=0.5, delay=20.0),
        at.Association("word", "image"),
        at.Diversion("word", "word", mode="veto"),
        at.Association("word", "word"),
    ]
    return at.Architecture([network("image", 5000), network("word", rule=None)], edges)


def nested():
    edges = [
        at.Diversion("context", "cortex/word", mode="veto", delay=20.0),
        at.Association("cortex/word", "speech"),
        at.Association("speech", "cortex/image"),
    ]
    return at.Architecture([network("context"), network("speech")], edges, {"cortex": cortex()})


def twice_nested():
    edges = [
        at.Association("left/cortex/image", "right/cortex/word"),
        at.Diversion("goal", "left/speech"),
        at.Diversion("goal", "right/cortex/word", gain=2.0),
    ]
    return at.Architecture([network("goal")], edges, {"left": nested(), "right": nested()})


def tangle():
    """Six networks with nearly every edge, cycles included."""
    names = [f"n{i}" for i in range(6)]
    edges = [
        (at.Association if (i + j) % 3 else at.Diversion)(a, b)
        for i, a in enumerate(names)
        for j, b in enumerate(names)
        if (i * j + i) % 2 == 0
    ]
    return at.Architecture([network(name) for name in names], edges)


def loops():
    """One network with edges to itself whose labels differ in size."""
    edges = [
        at.Association("a", "a", name="x"),
        at.Diversion("a", "a", name="a_much_longer_name_than_x", gain=0.5, delay=10.0),
        at.Association("a", "a"),
    ]
    return at.Architecture([network("a")], edges)


def apart():
    alone = {"a_part_with_a_name_longer_than_its_box": at.Architecture([network("x")])}
    return at.Architecture([network(f"m{i}") for i in range(3)], parts=alone)


ALL = {
    "one": at.Architecture([network("only")]),
    "cortex": cortex(),
    "nested": nested(),
    "twice nested": twice_nested(),
    "tangle": tangle(),
    "loops": loops(),
    "apart": apart(),
}


@pytest.fixture(params=ALL, ids=str)
def brain(request):
    return ALL[request.param]


def words(ax, gid):
    return "\n".join(text.get_text() for text in ax.texts if text.get_gid() == gid)


def test_every_network_is_drawn_with_name_units_dynamics_and_rule(brain):
    ax = architecture(brain)
    for name, network in brain.nodes.items():
        text = words(ax, name)
        assert name.rsplit("/", 1)[-1] in text
        assert f"{network.units:,} units" in text
        assert f"KWinners(k={network.dynamics.k})" in text
        assert ("recurrent Willshaw" if network.rule else "no recurrent memory") in text
        boxes = [p for p in ax.patches if isinstance(p, FancyBboxPatch) and p.get_gid() == name]
        assert len(boxes) == 1


def test_every_edge_is_drawn_with_its_name_and_rule(brain):
    ax = architecture(brain)
    for name, edge in brain.links.items():
        lines = [p for p in ax.patches if type(p) is PathPatch and p.get_gid() == name]
        assert len(lines) == 1, name
        text = words(ax, name).replace("\n", "")
        # the part around both ends is told by its frame
        assert edge.source.rsplit("/", 1)[-1] in text or name.rsplit("/", 1)[-1] in text
        assert "Willshaw" in text
    assert len([t for t in ax.texts if t.get_gid() in brain.links]) == len(brain.links)


def test_gain_delay_and_mode_are_told_where_they_matter():
    ax = architecture(nested())
    assert "gain 0.5, delay 20 ms" in words(ax, "cortex/second_route").replace("\n", " ")
    assert "veto" in words(ax, "context-|cortex/word")
    assert "gain" not in words(ax, "cortex/word->speech")
    assert words(ax, "cortex/second_route").startswith("second_route")
    assert words(ax, "cortex/image->cortex/word").startswith("image->word")


def test_diversions_differ_in_colour_and_dash():
    ax = architecture(nested())
    found = {p.get_gid(): p for p in ax.patches if type(p) is PathPatch and p.get_gid()}
    association, diversion = found["cortex/word->speech"], found["context-|cortex/word"]
    assert association.get_linestyle() == "solid" != diversion.get_linestyle()
    assert association.get_edgecolor() != diversion.get_edgecolor()
    assert "diversion" in words(ax, "legend")


def test_every_part_is_a_labelled_frame():
    ax = architecture(twice_nested())
    for part in ("left", "right", "left/cortex", "right/cortex"):
        assert words(ax, part) == part.rsplit("/", 1)[-1]


@pytest.mark.parametrize("size", [None, (6.0, 3.0), (3.0, 6.0)], ids=str)
def test_no_words_overlap_or_leave_the_figure(brain, size):
    ax = architecture(brain, None if size is None else Figure(figsize=size).subplots())
    ax.figure.set_dpi(200)
    FigureCanvasAgg(ax.figure).draw()
    boxes = {t: t.get_window_extent() for t in ax.texts}
    for (one, first), (other, second) in combinations(boxes.items(), 2):
        # lines of one box touch; half a pixel is rounding
        wide = min(first.x1, second.x1) - max(first.x0, second.x0)
        high = min(first.y1, second.y1) - max(first.y0, second.y0)
        same = one.get_gid() == other.get_gid()
        allowed = 0.3 * min(first.height, second.height) if same else 0.5
        assert min(wide, high) <= allowed, f"{one.get_text()!r} covers {other.get_text()!r}"
    for text, box in boxes.items():
        assert ax.figure.bbox.contains(box.x0, box.y0), text.get_text()
        assert ax.figure.bbox.contains(box.x1, box.y1), text.get_text()


def test_words_follow_when_the_figure_is_resized():
    ax = architecture(cortex())
    FigureCanvasAgg(ax.figure).draw()
    before = ax.texts[0].get_fontsize()
    ax.figure.set_size_inches(*(0.5 * ax.figure.get_size_inches()))
    FigureCanvasAgg(ax.figure).draw()
    assert ax.texts[0].get_fontsize() == pytest.approx(0.5 * before, rel=0.1)


def corners(rect):
    return np.array([rect.left, rect.left + rect.width, rect.bottom, rect.top])


def inside(inner, outer):
    a, b = corners(inner), corners(outer)
    return a[0] >= b[0] and a[1] <= b[1] and a[2] >= b[2] and a[3] <= b[3]


def disjoint(one, other):
    a, b = corners(one), corners(other)
    return a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]


@pytest.fixture(params=[True, False], ids=["down", "right"])
def layout(brain, request):
    return lay_out(brain, _sizes(brain), request.param)


def test_boxes_and_labels_keep_apart(layout):
    rects = [*layout.boxes.items(), *layout.labels.items()]
    for (name, one), (other, two) in combinations(rects, 2):
        assert disjoint(one, two), f"{name} covers {other}"


def test_frames_hold_their_networks_and_no_others(layout):
    for part, frame in layout.frames.items():
        for name, box in layout.boxes.items():
            if name.startswith(f"{part}/"):
                assert inside(box, frame), f"{name} sticks out of {part}"
            else:
                assert disjoint(box, frame), f"{name} lies in {part}"
        for other, second in layout.frames.items():
            nests = other.startswith(f"{part}/")
            related = nests or part.startswith(f"{other}/") or part == other
            assert inside(second, frame) if nests else related or disjoint(frame, second)


def test_straight_pieces_of_edges_cross_no_box_and_no_label(layout):
    for name, way in layout.ways.items():
        for (x0, y0), (x1, y1) in (piece for stroke in way for piece in stroke):
            for box_name, box in [*layout.boxes.items(), *layout.labels.items()]:
                left, right, bottom, top = corners(box) + np.array([1e-6, -1e-6, 1e-6, -1e-6])
                clear = max(x0, x1) < left or min(x0, x1) > right
                clear |= max(y0, y1) < bottom or min(y0, y1) > top
                assert clear, f"{name} crosses {box_name}"


def touches(point, rect):
    left, right, bottom, top = corners(rect)
    x, y = point
    on = min(abs(x - left), abs(x - right)) < 1e-6 or min(abs(y - bottom), abs(y - top)) < 1e-6
    return on and left - 1e-6 <= x <= right + 1e-6 and bottom - 1e-6 <= y <= top + 1e-6


def test_edges_lead_from_source_to_target(brain, layout):
    for name, edge in brain.links.items():
        if name in layout.loops:
            assert edge.source == edge.target
            ends = layout.loops[name]
        else:
            ends = layout.ways[name][0][0][0], layout.ways[name][-1][-1][1]
        assert touches(ends[0], layout.boxes[edge.source]), name
        assert touches(ends[1], layout.boxes[edge.target]), name


def test_edges_end_side_by_side(layout):
    ends = [way[-1][-1][1] for way in layout.ways.values()]
    ends += [way[0][0][0] for way in layout.ways.values()]
    for one, other in combinations(ends, 2):
        assert np.hypot(*np.subtract(one, other)) > 5.0


def test_the_same_architecture_gives_the_same_drawing(brain):
    sizes = _sizes(brain)
    assert lay_out(brain, sizes, True) == lay_out(brain, sizes, True)


def test_larger_networks_are_a_little_larger():
    boxes = _sizes(at.Architecture([network("aa", 100), network("bb", 99_999)])).boxes
    assert 1.0 < boxes["bb"][1] / boxes["aa"][1] < 1.5


def test_the_given_axes_is_drawn_on_and_returned():
    ax = Figure().subplots()
    assert architecture(cortex(), ax) is ax


def test_colours_differ_in_print():
    def grey(colour):
        return np.dot([int(colour[i : i + 2], 16) for i in (1, 3, 5)], [0.299, 0.587, 0.114])

    assert abs(grey(style.EXCITATORY) - grey(style.INHIBITORY)) > 25
