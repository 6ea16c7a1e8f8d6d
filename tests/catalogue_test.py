#!/usr/bin/env python3
"""Holds the tests to the catalogue of faults and attacks: each case promised has a test with its id in its name.

    tests/catalogue_test.py [ROOT]       names the cases without a test and exits 1
    tests/catalogue_test.py --self-test  shows on a made-up tree that a missing test is found
"""

import pathlib
import re
import sys
import tempfile

PROMISED = sorted({1, *range(3, 15), *range(33, 42), *range(44, 48), *range(49, 52), 63, 64, *range(71, 76)})

# C++: TEST(Suite, O07_Words) and the names of cases in tables; Python: def O07_words(stage).
NAME = {
    ".cpp": re.compile(r'(?:TEST(?:_F|_P)?\(\w+,\s*|\{")((?:O\d\d_)+)\w'),
    ".py": re.compile(r"^def ((?:O\d\d_)+)\w", re.M),
}


def named(root):
    """Gives the ids that stand in names of tests -> the files that they stand in."""
    found = {}
    for path in sorted((root / "tests").rglob("*_test.*")):
        pattern = NAME.get(path.suffix)
        for ids in pattern.findall(path.read_text(encoding="utf-8")) if pattern else []:
            for number in re.findall(r"\d\d", ids):
                found.setdefault(int(number), set()).add(path.relative_to(root))
    return found


def missing(root):
    found = named(root)
    return [number for number in PROMISED if number not in found]


def self_test():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "tests/system").mkdir(parents=True)
        assert missing(root) == PROMISED
        path = root / "tests/system/some_test.py"
        whole = "".join(f"@test\ndef O{number:02}_it_holds(stage):\n    pass\n" for number in PROMISED[3:])
        path.write_text(whole + "# def O03_in_a_comment\n", encoding="utf-8")
        (root / "tests/one_test.cpp").write_text(
            'TEST(One, O01_Holds) {}\nconst Case kCases[] = {{"O03_Table", 1}};\n// O04\n', encoding="utf-8")
        assert missing(root) == [PROMISED[2]], missing(root)
        (root / "tests/two_test.cpp").write_text("TEST_P(Two,\n       O04_Holds) {}\n", encoding="utf-8")
        assert missing(root) == [], missing(root)
    print("catalogue: a missing test is found")


def main():
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        return
    root = pathlib.Path(sys.argv[1]) if sys.argv[1:] else pathlib.Path(__file__).resolve().parent.parent
    found = named(root)
    lacking = missing(root)
    for number in lacking:
        print(f"O{number:02} has no test with its id in its name")
    if lacking:
        sys.exit(1)
    print(f"catalogue: {len(PROMISED)} cases promised, each has a test; {len(found)} have one in all")


if __name__ == "__main__":
    main()
