"""What the figures of all rounds say: the medians, Lockgate's ratio to each engine, and the targets.

A round is {engine: record}; a record is what bench_rules and the peers print.  Only figures of one
round are divided by each other, as the machine may be slower in the next.  Nothing here measures.
"""

import dataclasses
import statistics

LOCKGATE = "lockgate"
TITLES = {LOCKGATE: "Lockgate", "native-js": "hand-written JavaScript", "cel-js": "@marcbachmann/cel-js",
          "bufbuild": "@bufbuild/cel", "zen": "@gorules/zen-engine", "json-rules": "json-rules-engine"}
RULES, TABLE, JSON = "rule_evals_per_s", "table_per_s", "facts_from_json_per_s"
HEADINGS = {RULES: "rules/s", TABLE: "table look-ups/s", JSON: "JSON-in facts/s"}


@dataclasses.dataclass(frozen=True)
class Spread:
    """One figure over all rounds that have it."""
    median: float
    least: float
    most: float

    @staticmethod
    def of(figures):
        """None if there are no figures."""
        return Spread(statistics.median(figures), min(figures), max(figures)) if figures else None

    def __str__(self):
        return f"{short(self.median)} ({short(self.least)}..{short(self.most)})"


@dataclasses.dataclass(frozen=True)
class Target:
    """A bound on Lockgate's ratio to `peer` in `measure`; without a peer, on a figure of its own."""
    words: str
    measure: str
    bound: float
    peer: str | None = None

    def found(self, rounds):
        return ratio(rounds, self.measure, self.peer) if self.peer else Spread.of(
            [done[LOCKGATE][self.measure] for done in rounds if self.measure in done.get(LOCKGATE, {})])

    def verdict(self, found):
        if found is None:
            return "not measured"
        met = found.median >= self.bound if self.peer else found.median <= self.bound
        return "met" if met else "not met"


TARGETS = [
    Target("rules: at least 15 times @marcbachmann/cel-js", RULES, 15, "cel-js"),
    Target("rules: at least 1.5 times hand-written JavaScript", RULES, 1.5, "native-js"),
    Target("table of 100 rows: at least 3 times hand-written JavaScript", TABLE, 3, "native-js"),
    Target("table of 10,000 rows: at most 4 times the cost of 100", "table_10000_cost_ratio", 4),
    Target("JSON in: at least 2 times hand-written JavaScript", JSON, 2, "native-js"),
    Target("evaluating 1,000 rules: at most 11 times 100", "rules_1000_to_100_ratio", 11),
    Target("loading 1,000 rules: at most 1,000 ms", "load_1000_rules_ms", 1000),
]


def short(number):
    """Three digits, such as 14.2M, 567k, 1.85k, 12.3 and 0.95."""
    for size, letter in ((1e6, "M"), (1e3, "k"), (1, "")):
        if number >= size * 0.9995:
            part = number / size
            return f"{part:.{0 if part >= 99.95 else 1 if part >= 9.995 else 2}f}{letter}"
    return f"{number:.2f}"


def rate(record, measure):
    """Per second of CPU; None if it was not measured."""
    return record.get(measure, {}).get("cpu") if record else None


def rates(rounds, measure, engine):
    return Spread.of([found for done in rounds if (found := rate(done.get(engine), measure))])


def ratio(rounds, measure, peer):
    """How many times the peer's rate Lockgate's was, round by round; None for Lockgate itself."""
    if peer == LOCKGATE:
        return None
    pairs = [(rate(done.get(LOCKGATE), measure), rate(done.get(peer), measure)) for done in rounds]
    return Spread.of([ours / theirs for ours, theirs in pairs if ours and theirs])


def mistakes(record):
    """What is wrong with an engine's answers; nothing if all are right."""
    if record.get("rules_supported") != 50:
        yield f"answers {record.get('rules_supported', 0)} of 50 rules"
    if record.get("wrong") != 0:
        yield f"{record.get('wrong', 'untold')} of 50,000 outcomes wrong"
    for key, rows in (("table_wrong", "100"), ("table_10000_wrong", "10,000")):
        if record.get(key, 0) != 0:
            yield f"{record[key]} of 1,000 look-ups in {rows} rows wrong"
    if TABLE in record and "table_wrong" not in record:
        yield "does not say whether its look-ups are right"


def aligned(rows):
    """The lines of a table: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        yield "  ".join(cell.ljust(width) if number == 0 else cell.rjust(width)
                        for number, (cell, width) in enumerate(zip(row, widths))).rstrip()


def table(rounds, engines):
    """The lines of the comparison; beside each peer's figure stands how many times that Lockgate does."""
    rows = [["per second of CPU, medians"]]
    for heading in HEADINGS.values():
        rows[0] += [heading, "Lockgate is"]
    for engine in engines:
        version = next((done[engine]["version"] for done in rounds if "version" in done.get(engine, {})), "")
        rows.append([f"{TITLES[engine]} {version}".strip()])
        for measure in HEADINGS:
            found = rates(rounds, measure, engine)
            times = ratio(rounds, measure, engine)
            rows[-1] += [short(found.median) if found else "-", f"{times} x" if times else "-"]
    return aligned(rows)


def targets(rounds):
    """The lines that say which targets are met."""
    rows = [["target", "measured", ""]]
    for target in TARGETS:
        found = target.found(rounds)
        rows.append([target.words, str(found) if found else "-", target.verdict(found)])
    return aligned(rows)


def summary(rounds, engines):
    """The same as data, for --json."""
    def data(spread):
        return dataclasses.asdict(spread) if spread else None

    return {
        "engines": {engine: {measure: {"cpu": data(rates(rounds, measure, engine)),
                                       "lockgate_is_times": data(ratio(rounds, measure, engine))}
                             for measure in HEADINGS} for engine in engines},
        "targets": [{"target": target.words, "measured": data(target.found(rounds)),
                     "verdict": target.verdict(target.found(rounds))} for target in TARGETS],
    }
