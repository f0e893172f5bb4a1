"""A worker killed without warning between *sending* and *sent*."""

import socket
import threading


class Post:
    """An SMTP server that counts letters, and may keep the sender waiting after one."""

    def __init__(self, *, answers):
        self.answers, self.letters, self.heard = answers, 0, threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = str(self.listener.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                talk, _ = self.listener.accept()
            except OSError:
                return
            with talk:
                self._talk(talk)

    def _talk(self, talk):
        talk.sendall(b"220 here\r\n")
        with talk.makefile("rb") as lines:
            for line in lines:
                if line.upper().startswith(b"DATA"):
                    talk.sendall(b"354 go\r\n")
                    while next(lines) != b".\r\n":
                        pass
                    self.letters += 1
                    self.heard.set()
                    if not self.answers:
                        next(lines, None)  # until the sender is gone
                        return
                talk.sendall(b"250 yes\r\n")

    def close(self):
        # Closing alone leaves a thread that accepts with one more visitor.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


def test_a_letter_handed_over_by_a_worker_that_was_killed_is_unknown_and_sent_once(place):
    post = Post(answers=False)
    place.run("tests.messaging.under_fire", "queue")
    worker = place.start("tests.messaging.under_fire", "work", post.port)
    assert post.heard.wait(30)
    worker.kill()
    worker.communicate()
    assert place.run("tests.messaging.under_fire", "status").strip() == "sending"

    post.answers = True
    place.run("tests.messaging.under_fire", "work_later", post.port)
    place.run("tests.messaging.under_fire", "work_later", post.port)

    assert place.run("tests.messaging.under_fire", "status").strip() == "unknown"
    assert post.letters == 1
    post.close()


def test_a_letter_whose_carrier_was_down_leaves_when_it_is_back(place):
    post = Post(answers=True)
    post.close()
    place.run("tests.messaging.under_fire", "queue")
    place.run("tests.messaging.under_fire", "work", post.port)
    assert place.run("tests.messaging.under_fire", "status").strip() == "queued"

    back = Post(answers=True)
    place.run("tests.messaging.under_fire", "work_later", back.port)

    assert place.run("tests.messaging.under_fire", "status").strip() == "sent"
    assert back.letters == 1
    back.close()
