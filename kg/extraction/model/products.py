"""Two matrices in, their product out, on one thread."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import NumpyOps

Array = NDArray[Any]

_OPS = NumpyOps()


def times(x: Array, weight: Array) -> Array:
    """``x @ weight.T`` in single precision: numpy's own would take all threads, and wait for them on a busy machine."""
    found: Array = _OPS.gemm(_plain(x), _plain(weight), trans2=True)
    return found


def _plain(x: Array) -> Array:
    return np.ascontiguousarray(x, dtype=np.float32)
