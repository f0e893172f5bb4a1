"""Run as a process: has Django ready, and forks a child for each thing that it is asked to be.

A child is a process like any other, with its own connections and its own death; it only doesn't begin by
loading for seconds what the one before had loaded as well.
"""

import gc
import importlib
import json
import os
import runpy
import signal
import socket
import sys
import traceback
import warnings

import django

ALONE = 5  # seconds after which it asks whether whoever began it is still there


def serve(path: str) -> None:
    """Listen on a socket file while whoever began this lives; each visitor is a child's life."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who attend
    # What is imported here, for every child to find, is run by the child.
    warnings.filterwarnings("ignore", message=".*found in sys.modules", category=RuntimeWarning)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen(64)
        listener.settimeout(ALONE)
        django.setup()
        print("ready", flush=True)
        began_by = os.getppid()
        while os.getppid() == began_by:
            try:
                visitor, _ = listener.accept()
            except TimeoutError:
                continue
            visitor.setblocking(True)
            said, (out,), _, _ = socket.recv_fds(visitor, 1 << 16, 1)
            words = json.loads(said)
            importlib.import_module(words[0])
            gc.freeze()
            if os.fork() == 0:
                listener.close()
                attend(visitor, words, out)
            os.close(out)
            visitor.close()


def attend(visitor: socket.socket, words: list[str], out: int) -> None:
    """Be the child, or wait for it: its number first, and at the end how it ended.  Never returns."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    child = os.fork()
    if child == 0:
        visitor.close()
        os._exit(become(words, out))
    os.close(out)
    visitor.sendall(f"{child}\n".encode())
    _, status = os.waitpid(child, 0)
    visitor.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
    os._exit(0)


def become(words: list[str], out: int) -> int:
    """What `python -m words` would be, and the code that it would end with."""
    os.dup2(out, sys.stdout.fileno())
    os.close(out)
    sys.argv = words
    try:
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)
    except BaseException:
        traceback.print_exc()
        return 1
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    serve(sys.argv[1])
