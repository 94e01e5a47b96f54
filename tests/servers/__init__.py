"""
The servers that publishing is tested against, over real sockets of this machine.

`service.py` keeps files, uploads, jobs and models by itself, in Python. `bridge.py` has them kept by others (aimock,
behind Prism, which holds each request and answer to OpenAI's description), and only adds what those lack. `cutter.py`
stands before either of them and breaks what passes. `python -m tests.servers` starts them by hand.
"""
