"""
Fuzzing: bytes made from seeds by accidents, thrown at every part that reads what others wrote.

`python -m tests.fuzz --seconds 60` runs all harnesses; CONTRIBUTING.md says the rest. An input is bytes and nothing
else, so whatever fails is a file, and the command that is printed beside it runs it again.
"""
