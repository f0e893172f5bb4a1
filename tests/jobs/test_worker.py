"""The worker as a process and as a thread of the server: quick to start work, graceful to stop."""

import signal

LONG_BEFORE_IT_LOOKS = 30  # seconds; left alone, that worker looks once a minute


def test_told_to_stop_it_finishes_what_runs(place, tmp_path):
    place.run("tests.jobs.under_fire", "enqueue_slow", str(tmp_path / "slow.txt"))
    worker = place.start("tests.jobs.under_fire", "command")
    assert worker.stdout.readline().endswith("ready\n")
    while not (tmp_path / "slow.txt").exists():
        assert worker.poll() is None

    worker.send_signal(signal.SIGTERM)
    said, _ = worker.communicate(timeout=20)

    assert said.endswith("stopped\n")
    assert worker.returncode == 0
    assert (tmp_path / "slow.txt").read_text() == "begun\nended\n"


def test_in_the_server_a_job_starts_at_once_after_the_commit(place):
    waits = [float(wait) for wait in place.run("tests.jobs.under_fire", "embedded").split()]

    assert max(waits) < LONG_BEFORE_IT_LOOKS
