"""Work over processes gives what one process gives."""

import os

from newsarchive.workers import SERIAL_BELOW, spread


def test_results_come_in_order_whatever_the_number_of_workers() -> None:
    items = range(3 * SERIAL_BELOW)

    assert list(spread(lambda n: n * n, items, 3)) == [n * n for n in items]


def test_many_items_are_done_by_other_processes() -> None:
    found = set(spread(lambda _: os.getpid(), range(3 * SERIAL_BELOW), 2))

    assert os.getpid() not in found


def test_few_items_are_done_here() -> None:
    assert set(spread(lambda _: os.getpid(), range(3), 2)) == {os.getpid()}
