#!/usr/bin/env python3
"""Prints "PASSED FAILED" for a folder of test reports: GoogleTest's *.xml and CTest's ctest.junit.

A test program that broke off, or that is no GoogleTest program, counts as one test.
"""

import pathlib
import sys
import xml.etree.ElementTree as xml


def googletest(path):
    """Gives (passed, failed) of one program; (0, 0) if its report is not whole."""
    try:
        root = xml.parse(path).getroot()
    except xml.ParseError:
        return 0, 0
    bad = int(root.get("failures", 0)) + int(root.get("errors", 0))
    idle = int(root.get("disabled", 0)) + len(root.findall(".//testcase/skipped"))
    return int(root.get("tests", 0)) - bad - idle, bad


def main():
    folder = pathlib.Path(sys.argv[1])
    reports = {path.stem: googletest(path) for path in folder.glob("*.xml")}
    passed = sum(good for good, _ in reports.values())
    failed = sum(bad for _, bad in reports.values())
    try:
        runs = xml.parse(folder / "ctest.junit").getroot().findall("testcase")
    except (OSError, xml.ParseError):
        runs = []
    if not runs:
        failed += 1  # CTest did not run at all
    for run in runs:
        skipped = run.find("skipped")
        if skipped is not None and "SKIP_RETURN_CODE" in skipped.get("message", ""):
            continue  # it says itself what it needs
        fine = run.get("status") == "run"
        good, bad = reports.get(run.get("name"), (0, 0))
        if fine and good + bad == 0:
            passed += 1
        elif not fine and bad == 0:
            failed += 1
    print(passed, failed)


if __name__ == "__main__":
    main()
