from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from attractors.errors import ParameterError, PatternError
from attractors.plots import gallery


@pytest.mark.parametrize("flat", [True, False])
def test_every_image_is_drawn_in_order_on_one_scale(rng, flat):
    images = rng.random((7, 8, 8))
    ax = gallery(images.reshape(7, 64) if flat else images)
    assert len(ax.images) == 7
    for drawn, image in zip(ax.images, images, strict=True):
        np.testing.assert_array_equal(drawn.get_array(), image)
        assert drawn.get_clim() == (images.min(), images.max())


def test_images_keep_their_shape_and_never_overlap(rng):
    ax = gallery(rng.random((5, 6)), shape=(2, 3), columns=2)
    extents = [image.get_extent() for image in ax.images]
    for left, right, bottom, top in extents:
        assert (top - bottom) / (right - left) == pytest.approx(2 / 3)
        assert ax.get_xlim()[0] < left < right < ax.get_xlim()[1]
        assert ax.get_ylim()[0] < bottom < top < ax.get_ylim()[1]
    for a, b in combinations(extents, 2):
        assert a[1] < b[0] or b[1] < a[0] or a[3] < b[2] or b[3] < a[2]
    assert len({left for left, *_ in extents}) == 2


def test_titles_stand_above_their_images_whatever_their_length(rng):
    titles = ["0", "a title much longer than its image is wide", "two\nlines", ""]
    ax = gallery(rng.random((4, 64)), titles=titles)
    ax.figure.set_dpi(200)
    FigureCanvasAgg(ax.figure).draw()
    assert [text.get_text() for text in ax.texts] == titles
    boxes = [text.get_window_extent() for text in ax.texts if text.get_text()]
    tiles = [image.get_window_extent() for image in ax.images]
    for a, b in combinations(boxes, 2):
        assert not a.overlaps(b)
    for box in boxes:
        assert not any(box.overlaps(tile) for tile in tiles)
        assert ax.figure.bbox.contains(box.x0, box.y0)
        assert ax.figure.bbox.contains(box.x1, box.y1)


def test_the_given_axes_is_drawn_on_and_returned(rng):
    ax = Figure().subplots()
    assert gallery(rng.random((3, 64)), ax) is ax


def test_bad_images_are_refused(rng):
    with pytest.raises(PatternError, match=r"\(3, 60\) must be finite, \(n, 64\)"):
        gallery(np.zeros((3, 60)))
    with pytest.raises(PatternError, match="finite"):
        gallery(np.full((3, 64), np.nan))
    with pytest.raises(PatternError, match="finite"):
        gallery(np.zeros((0, 64)))
    with pytest.raises(PatternError, match="2 titles for 3 images"):
        gallery(np.zeros((3, 64)), titles=["a", "b"])
    with pytest.raises(ParameterError, match="columns is 0"):
        gallery(np.zeros((3, 64)), columns=0)
