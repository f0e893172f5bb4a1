"""Eight processes write at once while two others seal: no deadlock, no gap, nothing unsealed."""

import time

WRITERS, TRANSACTIONS = 8, 40


def test_eight_writers_at_once_and_every_entry_is_sealed(place):
    sealers = [place.start("tests.audit.as_process", "seal") for _ in range(2)]
    writers = [place.start("tests.audit.as_process", "write", str(TRANSACTIONS)) for _ in range(WRITERS)]
    try:
        kept = sum(int(writer.communicate(timeout=90)[0]) for writer in writers)
        _wait_until_sealed(place)
    finally:
        for process in (*sealers, *writers):
            process.kill()
            process.communicate()
    told = place.run("tests.audit.as_process", "report").split()

    assert [writer.returncode for writer in writers] == [0] * WRITERS
    assert told == [str(kept), "0", str(kept)]


def _wait_until_sealed(place):
    until = time.monotonic() + 30
    while place.run("tests.audit.as_process", "waiting").strip() == "True":
        assert time.monotonic() < until, "entries stay unsealed"
