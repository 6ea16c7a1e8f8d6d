#!/usr/bin/env python3
"""Fails, and names them, if processes are alive that carry a mark in their environment.

    tests/left_running.py MARK     the value of LOCKGATE_TEST_RUN

The caller and its own ancestors are not counted.
"""

import os
import pathlib
import sys


def parent(pid):
    status = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    return int(status.rpartition(")")[2].split()[1])


def ancestors():
    pid, found = os.getpid(), set()
    while pid > 1:
        found.add(pid)
        pid = parent(pid)
    return found


def main():
    mark = f"LOCKGATE_TEST_RUN={sys.argv[1]}".encode()
    ours, left = ancestors(), []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        if int(folder.name) in ours:
            continue
        try:
            environment = (folder / "environ").read_bytes().split(b"\0")
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            # A process between fork and exec belongs to the caller.
            is_caller = parent(folder.name) in ours and not command
        except (OSError, ValueError):
            continue  # it has ended, or is not ours to read
        if mark in environment and not is_caller:
            left.append(f"{folder.name} {command.strip()}")
    for line in left:
        print("still running:", line)
    sys.exit(1 if left else 0)


if __name__ == "__main__":
    main()
