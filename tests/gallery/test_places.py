"""The queue in front of the children that decode."""

import threading
import time

from gallery.places import Places


def test_who_came_first_is_served_first_and_a_newcomer_waits_behind_those_who_wait():
    places, served, threads = Places(1), [], []
    assert places.acquire(0)

    def wait(number):
        assert places.acquire(30)
        served.append(number)
        places.release()

    for number in range(20):
        threads.append(threading.Thread(target=wait, args=(number,)))
        threads[-1].start()
        while len(places._waiting) <= number:
            time.sleep(0.001)
    places.release()
    for thread in threads:
        thread.join()
    assert served == list(range(20))


def test_who_gave_up_waiting_keeps_nobody_from_their_turn():
    places = Places(1)
    assert places.acquire(0)
    assert not places.acquire(0.01)
    places.release()
    assert places.acquire(0)
    assert not places.acquire(0)
