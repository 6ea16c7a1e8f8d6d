#!/usr/bin/env python3
"""Holds what `tests/bench/run rules` says of its figures, and its workload, to examples.  Measures nothing."""

import argparse
import hashlib
import json
import pathlib
import re
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True

from rules import compare, measure, workload  # noqa: E402  (after the path is set)
from rules.conditions import CONDITIONS  # noqa: E402

RIGHT = {"rules_supported": 50, "wrong": 0, "table_wrong": 0}


def record(rules=None, table=None, facts=None, **more):
    rates = {compare.RULES: rules, compare.TABLE: table, compare.JSON: facts}
    return RIGHT | {"version": "1"} | {key: {"cpu": rate} for key, rate in rates.items() if rate} | more


class Ratios(unittest.TestCase):
    def test_are_taken_within_a_round_so_that_a_slow_round_does_not_tilt_them(self):
        rounds = [{"lockgate": record(rules=300), "cel-js": record(rules=10)},
                  {"lockgate": record(rules=3), "cel-js": record(rules=0.1)},
                  {"lockgate": record(rules=320), "cel-js": record(rules=10)}]
        found = compare.ratio(rounds, compare.RULES, "cel-js")
        self.assertEqual([30, 30, 32], [round(each, 6) for each in (found.least, found.median, found.most)])

    def test_are_missing_where_a_figure_is(self):
        for rounds in ([], [{}], [{"lockgate": record()}], [{"lockgate": record(rules=1)}],
                       [{"cel-js": record(rules=1)}], [{"lockgate": record(table=1), "cel-js": record(rules=1)}]):
            with self.subTest(rounds=rounds):
                self.assertIsNone(compare.ratio(rounds, compare.RULES, "cel-js"))

    def test_of_lockgate_to_itself_are_not_said(self):
        self.assertIsNone(compare.ratio([{"lockgate": record(rules=1)}], compare.RULES, "lockgate"))


class Targets(unittest.TestCase):
    def test_are_met_at_their_bound_and_not_met_beside_it(self):
        for measured, verdict in ((14.9, "not met"), (15, "met"), (15.1, "met")):
            rounds = [{"lockgate": record(rules=measured), "cel-js": record(rules=1)}]
            self.assertEqual(verdict, self.verdicts(rounds)["rules: at least 15 times @marcbachmann/cel-js"])
        for key, bound in (("table_10000_cost_ratio", 4), ("rules_1000_to_100_ratio", 11),
                           ("load_1000_rules_ms", 1000)):
            for measured, verdict in ((bound * 0.9, "met"), (bound, "met"), (bound * 1.01, "not met")):
                with self.subTest(key=key, measured=measured):
                    said = self.verdicts([{"lockgate": record(**{key: measured})}])
                    self.assertEqual([verdict], [each for each in said.values() if each != "not measured"])

    def test_are_judged_by_the_median_of_the_rounds(self):
        rounds = [{"lockgate": record(facts=rate), "native-js": record(facts=10)} for rate in (5, 21, 22)]
        self.assertEqual("met", self.verdicts(rounds)["JSON in: at least 2 times hand-written JavaScript"])

    def test_say_when_nothing_was_measured(self):
        self.assertEqual({"not measured"}, set(self.verdicts([{"lockgate": record()}]).values()))

    @staticmethod
    def verdicts(rounds):
        return {target["target"]: target["verdict"] for target in compare.summary(rounds, ["lockgate"])["targets"]}


class Lines(unittest.TestCase):
    def test_numbers_have_three_digits(self):
        for number, said in ((14_234_567, "14.2M"), (999_960, "1.00M"), (999_400, "999k"), (10_000, "10.0k"),
                             (1_849, "1.85k"), (999.7, "1.00k"), (101.4, "101"), (99.96, "100"), (12.34, "12.3"),
                             (9.996, "10.0"), (0.951, "0.95"), (0, "0.00")):
            with self.subTest(number=number):
                self.assertEqual(said, compare.short(number))

    def test_the_table_has_a_dash_for_what_is_missing(self):
        rounds = [{"lockgate": record(rules=3e6, facts=2000), "zen": record(rules=1e6, table=500)},
                  {"lockgate": record(rules=4e6, facts=2000), "zen": record(rules=1e6, table=700)}]
        lines = list(compare.table(rounds, ["lockgate", "zen"]))
        self.assertEqual([
            "per second of CPU, medians|rules/s|Lockgate is|table look-ups/s|Lockgate is|JSON-in facts/s|Lockgate is",
            "Lockgate 1|3.50M|-|-|-|2.00k|-",
            "@gorules/zen-engine 1|1.00M|3.50 (3.00..4.00) x|600|-|-|-",
        ], [re.sub(" {2,}", "|", line) for line in lines])
        self.assertEqual(1, len({len(line) for line in lines}), "the last column ends where its heading does")

    def test_each_target_stands_with_its_figure_and_verdict(self):
        lines = list(compare.targets([{"lockgate": record(load_1000_rules_ms=120)}]))
        self.assertEqual(1 + len(compare.TARGETS), len(lines))
        self.assertEqual(["loading", "1,000", "rules:", "at", "most", "1,000", "ms", "120", "(120..120)", "met"],
                         lines[-1].split())


class Mistakes(unittest.TestCase):
    def test_any_wrong_or_untold_answer_is_one(self):
        for given, said in (({}, []),
                            ({"table_10000_wrong": 0}, []),
                            ({"wrong": 1}, ["1 of 50,000 outcomes wrong"]),
                            ({"wrong": None}, ["None of 50,000 outcomes wrong"]),
                            ({"rules_supported": 49}, ["answers 49 of 50 rules"]),
                            ({"table_wrong": 2}, ["2 of 1,000 look-ups in 100 rows wrong"]),
                            ({"table_10000_wrong": 3}, ["3 of 1,000 look-ups in 10,000 rows wrong"])):
            with self.subTest(given=given):
                self.assertEqual(said, list(compare.mistakes(RIGHT | given)))
        self.assertEqual(3, len(list(compare.mistakes({compare.TABLE: {"cpu": 1}}))))


class Options(unittest.TestCase):
    def test_refuse_what_cannot_be_measured(self):
        with self.assertRaisesRegex(argparse.ArgumentTypeError, "there is no engine `celjs`; there are lockgate, "):
            measure.chosen("lockgate,celjs")
        for text in ("0", "-1", "1000", "nan", "inf", "x", ""):
            with self.subTest(text=text), self.assertRaises(argparse.ArgumentTypeError):
                measure.positive(float)(text)
        self.assertEqual(["lockgate", "zen"], measure.chosen("zen,lockgate"))

    def test_each_engine_has_a_title_and_each_peer_a_script(self):
        self.assertEqual(list(compare.TITLES), measure.ENGINES)
        for script in measure.SCRIPTS.values():
            self.assertTrue((HERE / "rules" / script).is_file(), script)

    def test_peers_have_exact_versions(self):
        for name, version in json.loads((HERE / "rules" / "package.json").read_bytes())["dependencies"].items():
            self.assertRegex(version, r"^\d+\.\d+\.\d+$", name)


class Workload(unittest.TestCase):
    DIGESTS = {"facts.jsonl": "4612db9d6353201081257d844850f882fe410f043b37562eabbb217e5c9b75e5",
               "expected.jsonl": "0ac9baded5c0d572fb809fd86399b1a63e1be5b299740055c8ce8a2806e6b822",
               "expected_10000.json": "bf58256146d9f4f3f6e676e7971902a7d404d36b8dfc6d6964759e475e9b1cf0"}

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            workload.write(pathlib.Path(folder))
            cls.files = {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir()}
        cls.cases = [json.loads(line) for line in cls.files["facts.jsonl"].splitlines()]
        cls.expected = [json.loads(line) for line in cls.files["expected.jsonl"].splitlines()]

    def test_is_the_same_on_every_machine(self):
        for name, digest in self.DIGESTS.items():
            self.assertEqual(digest, hashlib.sha256(self.files[name]).hexdigest(), name)

    def test_makes_each_rule_true_and_false_but_the_one_about_the_id(self):
        self.assertEqual(50, len(CONDITIONS))
        for number, (cel, _) in enumerate(CONDITIONS):
            self.assertEqual({"T"} if "size(project.id)" in cel else {"T", "F"},
                             {each["rules"][number] for each in self.expected}, cel)

    def test_writes_doubles_with_a_point_and_ints_without(self):
        def numbers(value, path):
            if isinstance(value, dict):
                for key, each in value.items():
                    yield from numbers(each, f"{path}.{key}" if path else key)
            elif isinstance(value, list):
                for each in value:
                    yield from numbers(each, f"{path}[]")
            elif not isinstance(value, (str, bool)):
                yield path, type(value) is float
        kinds = {found for facts in self.cases for found in numbers(facts, "")}
        self.assertEqual(set(workload.DOUBLE_PATHS), {path for path, is_double in kinds if is_double})
        self.assertFalse({path for path, is_double in kinds if not is_double} & set(workload.DOUBLE_PATHS))

    def test_expects_the_rows_that_a_scan_finds(self):
        for name, rows in (("table.json", [each["row"] for each in self.expected]),
                           ("table_10000.json", json.loads(self.files["expected_10000.json"]))):
            table = [each["cells"] for each in json.loads(self.files[name])["rows"]]
            for number in range(0, len(self.cases), 40):
                facts = self.cases[number]
                values = [facts[path.split(".")[0]][path.split(".")[1]] for path, _ in workload.INPUTS]
                found = next(row for row, cells in enumerate(table) if all(map(workload.matches, cells, values)))
                self.assertEqual(found, rows[number], f"{name}, facts {number}")

    def test_cells_mean_what_their_condition_says(self):
        for cell, kind, said, meets, fails in (
                ({"eq": "live"}, "string", "x == 'live'", ["live"], ["alpha"]),
                ({"in": ["a", "b"]}, "string", "x in ['a', 'b']", ["a", "b"], ["c"]),
                ({"range": [2, 4]}, "int", "x >= 2 && x <= 4", [2, 3, 4], [1, 5]),
                ({"lt": 2.5}, "double", "x < 2.5", [2.4], [2.5]),
                ({"ge": 2}, "double", "x >= 2.0", [2.0, 3.0], [1.9])):
            self.assertEqual(said, workload.cell_in_cel(cell, "x", kind))
            self.assertEqual(([True] * len(meets), [False] * len(fails)),
                             ([workload.matches(cell, each) for each in meets],
                              [workload.matches(cell, each) for each in fails]), said)

    def test_conditions_of_rows_name_only_the_inputs(self):
        for name in ("table.json", "table_10000.json"):
            text = " ".join(each["cel"] for each in json.loads(self.files[name])["rows"])
            self.assertEqual({path for path, _ in workload.INPUTS}, set(re.findall(r"[a-z]+\.[a-z]+", text)))


if __name__ == "__main__":
    unittest.main()
