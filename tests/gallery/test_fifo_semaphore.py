"""The queue in front of the workers that decode."""

import threading
import time

from gallery.fifo_semaphore import FifoSemaphore


def test_who_came_first_is_served_first_and_a_newcomer_waits_behind_those_who_wait():
    semaphore, served, threads = FifoSemaphore(1), [], []
    assert semaphore.acquire(0)

    def wait(number):
        assert semaphore.acquire(30)
        served.append(number)
        semaphore.release()

    for number in range(20):
        threads.append(threading.Thread(target=wait, args=(number,)))
        threads[-1].start()
        while semaphore.waiting <= number:
            time.sleep(0.001)
    semaphore.release()
    for thread in threads:
        thread.join()
    assert served == list(range(20))


def test_who_gave_up_waiting_keeps_nobody_from_their_turn():
    semaphore = FifoSemaphore(1)
    assert semaphore.acquire(0)
    assert not semaphore.acquire(0.01)
    semaphore.release()
    assert semaphore.acquire(0)
    assert not semaphore.acquire(0)
