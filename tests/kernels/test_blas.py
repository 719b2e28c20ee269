import threading

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from attractors.kernels import one_blas_thread


def threads() -> set[int]:
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


@pytest.fixture(autouse=True)
def three_threads():
    with threadpool_limits(limits=3, user_api="blas"):
        yield


def test_there_is_one_thread_inside_and_as_many_as_before_outside():
    with one_blas_thread():
        assert threads() == {1}
    assert threads() == {3}


def test_an_error_gives_the_threads_back():
    with pytest.raises(ZeroDivisionError), one_blas_thread():
        raise ZeroDivisionError
    assert threads() == {3}


def test_one_that_comes_and_goes_meanwhile_changes_nothing():
    def other() -> None:
        with one_blas_thread():
            pass

    with one_blas_thread():
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        assert threads() == {1}
    assert threads() == {3}


def test_blocks_within_blocks_end_with_the_outermost():
    with one_blas_thread():
        with one_blas_thread():
            pass
        assert threads() == {1}
    assert threads() == {3}
