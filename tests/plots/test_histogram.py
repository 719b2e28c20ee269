import numpy as np
import pytest
import xarray

from attractors.errors import ParameterError
from attractors.plots import histogram


def measured(values, name="cv", unit="1"):
    return xarray.DataArray(values, name=name, attrs={"units": unit})


def test_every_number_is_in_one_bar_and_the_rest_is_told():
    ax = histogram(measured([[0.2, 0.9, np.nan], [1.1, np.nan, np.nan]]), bins=4, reference=1.0)
    assert sum(bar.get_height() for bar in ax.patches) == 3
    assert len(ax.patches) == 4
    assert "3 without a value" in ax.get_ylabel()
    assert ax.get_xlabel() == "CV of inter-spike intervals"
    (line,) = ax.lines
    assert (line.get_gid(), list(line.get_xdata())) == ("reference", [1.0, 1.0])


def test_units_stand_on_the_axis():
    ax = histogram(measured([1.0, 2.0], "interval", "ms"))
    assert ax.get_xlabel() == "inter-spike interval (ms)"
    assert ax.get_ylabel() == "number"


def test_nothing_measured_is_refused():
    with pytest.raises(ParameterError, match="fano_factor holds no number"):
        histogram(measured([np.nan, np.nan], "fano_factor"))
