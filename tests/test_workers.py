"""Work over processes gives what one process gives."""

import os
import subprocess
import sys
from multiprocessing import active_children

import pytest

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


KILLED = """
import os, signal, sys, threading
from multiprocessing import active_children
from newsarchive.workers import SERIAL_BELOW, WARM_UP, spread

def work(n):
    return n, b"x" * 200_000  # more than a pipe holds: a result is sent in many parts

def kill(moment):
    threading.Event().wait(moment)
    for child in active_children()[:1]:
        child.kill()

count = 2 * SERIAL_BELOW
for number in range(12):
    last = count - 1 if sys.argv[1] == "done" else WARM_UP + number * 20
    killer = threading.Thread(target=kill, args=(number * 0.0005,))
    try:
        found = []
        for n, _ in spread(work, range(count), 3):
            found.append(n)
            if n == last:
                killer.start()
    except ChildProcessError as error:
        print(error)
    else:
        assert found == list(range(count))
    killer.join()
    assert not active_children()
print("over")
"""


def killed(when: str) -> list[str]:
    """What runs say a worker of which is killed in the midst of its work or when it is *done*."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", KILLED, when]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=120)
    return done.stdout.splitlines()


def test_a_run_ends_in_peace_whose_worker_is_killed_when_all_is_done() -> None:
    assert killed("done") == ["over"]


def test_a_run_is_told_at_once_that_a_worker_was_killed_at_its_work() -> None:
    said = killed("at work")

    assert len(said) > 2
    assert {*said} == {"a worker process was killed, for want of memory perhaps", "over"}


def test_what_a_worker_raises_is_raised_here_and_says_where() -> None:
    def work(n: int) -> int:
        return 1 // (n - 400)

    with pytest.raises(ZeroDivisionError) as caught:
        list(spread(work, range(3 * SERIAL_BELOW), 2))

    assert "return 1 // (n - 400)" in caught.value.__notes__[0]


def test_workers_end_when_nobody_wants_their_results_any_more() -> None:
    some = spread(lambda n: n, range(100 * SERIAL_BELOW), 2)
    next(some)
    assert len({next(some) for _ in range(SERIAL_BELOW)}) == SERIAL_BELOW

    some.close()  # type: ignore[attr-defined]

    assert active_children() == []
