"""What one worker commits, every worker hears."""

import queue
import time
from collections.abc import Callable

import pytest
import redis

from portail_app.adapters.live import EVERYTHING, Change, OwnWorkerBus, RedisBus, bus_for, redis_answers
from tests.servers import free_port

CHANGE = Change(frozenset({"family:12", "requests"}), origin="onglet")
PATIENCE = 10


class Ear:
    """A listener: what it hears comes out of ``next()``."""

    def __init__(self) -> None:
        self._heard: queue.Queue[Change] = queue.Queue()

    def __call__(self, change: Change) -> None:
        self._heard.put(change)

    def next(self) -> Change:
        return self._heard.get(timeout=PATIENCE)

    @property
    def is_quiet(self) -> bool:
        return self._heard.empty()


def test_a_single_worker_tells_itself_and_stops_when_asked() -> None:
    bus, ear = OwnWorkerBus(), Ear()
    stop = bus.listen(ear)
    bus.publish(CHANGE)
    assert ear.next() == CHANGE
    stop()
    bus.publish(CHANGE)
    assert ear.is_quiet


@pytest.mark.parametrize(("url", "kind"), [(None, OwnWorkerBus), ("", OwnWorkerBus), ("redis://localhost", RedisBus)])
def test_the_settings_choose_the_bus(url: str | None, kind: type) -> None:
    assert isinstance(bus_for(url), kind)


@pytest.mark.redis
def test_every_worker_hears_a_change_once_the_one_that_made_it_included(redis_server: str) -> None:
    here, there = RedisBus(redis_server), RedisBus(redis_server)
    ears = Ear(), Ear()
    stops = here.listen(ears[0]), there.listen(ears[1])
    here.publish(CHANGE)
    assert [ear.next() for ear in ears] == [CHANGE, CHANGE]
    assert [ear.is_quiet for ear in ears] == [True, True]
    for stop in stops:
        stop()


@pytest.mark.redis
def test_a_worker_whose_connection_was_cut_listens_again(redis_server: str) -> None:
    bus, ear, server = RedisBus(redis_server), Ear(), redis.Redis.from_url(redis_server)
    stop = bus.listen(ear)
    assert server.execute_command("CLIENT", "KILL", "TYPE", "pubsub") >= 1
    _wait_for(lambda: not ear.is_quiet)
    # What was said meanwhile is not known: every page is then asked to read again.
    assert ear.next() == Change(frozenset({EVERYTHING}))
    bus.publish(CHANGE)
    assert ear.next() == CHANGE
    stop()


def test_an_act_does_not_fail_because_redis_is_away() -> None:
    bus = RedisBus(f"redis://127.0.0.1:{free_port()}")
    bus.publish(CHANGE)


@pytest.mark.redis
def test_a_redis_that_is_away_is_noticed(redis_server: str) -> None:
    assert redis_answers(redis_server)
    assert not redis_answers(f"redis://127.0.0.1:{free_port()}")
    assert not redis_answers("127.0.0.1:6379")


def _wait_for(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
