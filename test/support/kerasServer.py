"""
Imports Keras once for all test files: that takes six seconds of a processor, and about twenty test files ask Keras
something. Each script runs in a process forked from the one that has imported it, so no script sees what another one did.

    python kerasServer.py SOCKET

A request is a line of JSON, {"script", "args"}, the answer one with {"stdout", "stderr", "status"}. The server ends when
its standard input does, that is, with the process that started it.
"""

import functools
import json
import os
import selectors
import signal
import socket
import sys
import tempfile
import traceback


def run(script, args):
    """Runs a script as `python -c` does, and ends the process."""
    sys.argv = ['-c', *args]
    status = 0
    try:
        exec(compile(script, '<script>', 'exec'), {'__name__': '__main__'})
    except SystemExit as ended:
        status = ended.code or 0
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def answer(connection):
    """Has the script run in a process of its own, and sends what it wrote."""
    stream = connection.makefile('rw')
    request = json.loads(stream.readline())
    written = [tempfile.TemporaryFile(), tempfile.TemporaryFile()]
    child = os.fork()
    if child == 0:
        for number, file in enumerate(written, start=1):
            os.dup2(file.fileno(), number)
        run(request['script'], request['args'])
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    for file in written:
        file.seek(0)
    stdout, stderr = (file.read().decode() for file in written)
    json.dump({'stdout': stdout, 'stderr': stderr, 'status': status}, stream)
    stream.flush()


@functools.cache
def import_keras():
    """At the first request: most runs of a single test file have none."""
    try:
        import keras  # noqa: F401
        from keras.src.saving import saving_lib
    except ImportError:
        return  # the script's own import says why
    # Keras 3.15.1 writes this cache under one name and reads it under another, so that it makes a Layer anew for each object
    # that it saves or loads: a tenth of the time of both.
    saving_lib.get_attr_skipset = functools.cache(saving_lib.get_attr_skipset)


def serve(address):
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how the answering processes ended
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen()
    print('ready', flush=True)
    waiting = selectors.DefaultSelector()
    waiting.register(listener, selectors.EVENT_READ)
    waiting.register(sys.stdin, selectors.EVENT_READ)
    while all(key.fileobj is listener for key, _ in waiting.select()):
        connection, _ = listener.accept()
        import_keras()
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            answer(connection)
            os._exit(0)
        connection.close()


serve(sys.argv[1])
