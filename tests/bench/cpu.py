"""Where the time of the cores goes: between processes, and within one; and what goes to the disk."""

import os
import pathlib
import re
import shutil
import subprocess
import time

TICKS = os.sysconf("SC_CLK_TCK")
NO_PERF = "no profile of the server: `perf` (Debian's linux-perf) is not installed, or may not be used here"


def of_process(pid):
    """Seconds so far, with those of its children that have ended."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:15]) / TICKS


def of_children():
    """Seconds so far of this program's children that have ended."""
    now = os.times()
    return now.children_user + now.children_system


def of_cores(cores):
    """Seconds so far in which these cores were not idle."""
    total = 0
    for line in pathlib.Path("/proc/stat").read_text(encoding="utf-8").splitlines():
        name, *ticks = line.split()
        if re.fullmatch(r"cpu\d+", name) and int(name[3:]) in cores:
            user, nice, system, _idle, _waiting, interrupts, soft_interrupts = map(int, ticks[:7])
            total += user + nice + system + interrupts + soft_interrupts
    return total / TICKS


def bytes_written(pid):
    """To the disk so far, by a process and by those children of its that it has waited for."""
    return int(re.search(r"^write_bytes: (\d+)", pathlib.Path(f"/proc/{pid}/io").read_text(encoding="utf-8"),
                         re.MULTILINE)[1])


class Sampler:
    """Samples one process while a block runs; then `shares` tells by what perf sorts by."""

    def __init__(self, pid, folder):
        self.pid, self.file, self.perf = pid, folder / "perf.data", None

    def __enter__(self):
        if shutil.which("perf"):
            self.perf = subprocess.Popen(
                ["perf", "record", "-q", "-F", "999", "-e", "cpu-clock", "-p", str(self.pid), "-o", self.file],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
            time.sleep(0.5)  # perf attaches
        return self

    def __exit__(self, *_):
        if self.perf:
            self.perf.terminate()
            self.perf.wait()

    def shares(self, sort, most):
        """Such as "41 % writer, 39 % worker"; nothing if there is no sample."""
        if not self.file.exists():
            return ""
        said = subprocess.run(["perf", "report", "-i", self.file, "--stdio", "--sort", sort],
                              capture_output=True, text=True, check=False).stdout
        rows = re.findall(r"^\s+([0-9.]+)%\s+(?:\[[.k]\] )?(\S.*?)\s*(?:-\s+-\s*)?$", said, re.MULTILINE)
        return ", ".join(f"{float(share):.0f} % {name}" for share, name in rows[:most])
