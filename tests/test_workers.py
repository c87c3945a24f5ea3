"""Work over processes gives what one process gives."""

import os
import subprocess
import sys

from newsarchive.workers import SERIAL_BELOW, spread


def test_results_come_in_order_whatever_the_number_of_workers() -> None:
    items = range(3 * SERIAL_BELOW)

    assert list(spread(lambda n: n * n, items, 3)) == [n * n for n in items]


def test_many_items_are_done_by_other_processes() -> None:
    found = set(spread(lambda _: os.getpid(), range(3 * SERIAL_BELOW), 2))

    assert len(found - {os.getpid()}) > 0


def test_what_the_first_items_load_the_others_inherit() -> None:
    loaded: list[int] = []

    def work(n: int) -> int:
        if not loaded:
            loaded.append(n)
        return loaded[0]

    assert set(spread(work, range(3 * SERIAL_BELOW), 2)) == {0}


def test_few_items_are_done_here() -> None:
    assert set(spread(lambda _: os.getpid(), range(3), 2)) == {os.getpid()}


def test_workers_end_with_the_process_that_started_them_even_if_it_is_killed() -> None:
    program = (
        "import sys, time; from newsarchive.workers import SERIAL_BELOW, spread\n"
        "def slow(n): time.sleep(0.05); return n\n"
        "for n in spread(slow, range(3 * SERIAL_BELOW), 2): n == 30 and print(n, flush=True)\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, start_new_session=True) as run:
        assert run.stdout
        run.stdout.readline()
        run.kill()

        assert run.communicate(timeout=30)[0] == b""  # its end comes when the last that holds it is gone
