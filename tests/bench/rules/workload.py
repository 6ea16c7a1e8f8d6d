"""The workload that the rules engines are compared on: 50 rules, two decision tables, 1,000 facts.

The facts are drawn with a fixed seed, so that every machine gets the same.  What each engine must
answer is worked out here in plain Python, without any rules engine.

    rules.json            {"rules": [{"id", "cel"}]}
    table.json            {"hit_policy": "first", "inputs": [{"path", "type"}], "rows": [{"cells", "cel", "output"}]}
                          of 100 rows; a cell is null (any), {"eq"}, {"in"}, {"range"} (both ends belong to it),
                          {"lt"} or {"ge"}; "cel" says the row as one condition; the last row catches all
    table_10000.json      the same shape with 10,000 narrow rows
    schema.json           {"double_paths"}: these numbers are double, all others int
    facts.jsonl           one object a line, about 1.6 kB
    expected.jsonl        for each of the facts {"i", "rules": "TTF...", "row"}
    expected_10000.json   for each of the facts the row of table_10000.json
"""

import datetime
import json
import random
import types

from rules.conditions import CONDITIONS

FACTS = 1000
DOUBLE_PATHS = ["participants.consent_rate", "data.dpia.score", "budget.total", "budget.spent", "hosting.uptime",
                "team[].days_per_week"]
INPUTS = [("participants.count", "int"), ("data.classification", "string"), ("project.stage", "string"),
          ("budget.total", "double")]

STAGES = ["discovery", "alpha", "beta", "live"]
CLASSES = ["public", "official", "sensitive", "secret"]
GROUPS = ["adults", "carers", "students", "children", "vulnerable_adults", "veterans", "older_people"]
ROLES = ["developer", "designer", "researcher", "delivery_manager", "product_owner", "tester"]
NAMES = ["Housing repairs tracker", "Benefits calculator", "School places finder", "Blue badge renewals",
         "Library  seat booking", "Flood alert sign-up"]
ADDRESSES = ["a.jones@cabinet-office.gov.uk", "sam@leeds.gov.uk", "kim@trust.nhs.uk", "dev@contractor.example",
             "not-an-email", "lee_b@digital.gov.uk"]
TAGS = ["housing", "benefits", "schools", "transport", "flood", "library", "tax", "health"]
COUNTS = [0, 3, 8, 12, 25, 40, 48, 50, 51, 63, 90, 120, 180, 240, 400]
PROCESSORS = ["aws", "azure", "gcp", "notify", "pay", "acme-crm", "mailblast"]


def pence(amount):
    """Two decimals, and never a whole number, so that JSON always writes it as a double."""
    amount = round(amount, 2)
    return amount if amount != int(amount) else amount + 0.25


def members(dice):
    team = [{"name": dice.choice(["Ann", "Bo", "Cai", "Dee", "Eli", "Fay"]) if dice.random() > 0.01 else "",
             "role": dice.choice(ROLES),
             "days_per_week": dice.choice([0.5, 1.5, 2.5, 3.5, 4.5, 4.75, 5.5 if dice.random() < 0.1 else 4.25])}
            for _ in range(dice.randint(2, 9))]
    if dice.random() < 0.75:
        team[0]["role"] = "delivery_manager"
    if dice.random() < 0.6:
        for member in team[1:]:
            if member["role"] == "product_owner":
                member["role"] = "developer"
        team[1]["role"] = "product_owner"
    return team


def case(dice, number):
    """The facts of one prototype.  Each draw moves the dice on: another order would give other facts."""
    team = members(dice)
    groups = dice.sample(GROUPS, dice.randint(1, 4))
    total = pence(dice.uniform(3000, 150000))
    spent = pence(total * dice.uniform(0.05, 1.08))
    start = datetime.datetime(dice.choice([2024, 2025, 2025, 2025, 2026]), dice.randint(1, 12), dice.randint(1, 28),
                              dice.randint(0, 23), dice.randint(0, 59))
    end = start + datetime.timedelta(hours=dice.randint(-24, 5200))
    stage = dice.choice(STAGES)
    facts = {
        "project": {
            "id": f"p-{number:04}", "name": dice.choice(NAMES), "stage": stage,
            "version": dice.choice(["1.4.2", "0.1.0", "2.0.13", "0.9", "10.2.1", "v3.1.0"]),
            "owner_email": dice.choice(ADDRESSES), "nation": dice.choice(["england", "wales", "scotland", "ni"]),
            "tags": dice.sample(TAGS, dice.randint(0, 5))},
        "participants": {
            "count": dice.choice(COUNTS), "groups": groups,
            "approved_groups": (sorted(set(groups) | set(dice.sample(GROUPS, 2))) if dice.random() < 0.7
                                else dice.sample(GROUPS, 4)),
            "consent_rate": dice.choice([0.99, 0.97, 0.955, 0.93, 0.88, 0.75])},
        "safeguarding": {
            "lead_signed_off": dice.random() < 0.5, "dbs_checked": dice.randint(0, 9),
            "incidents": [{"severity": dice.randint(1, 4), "open": dice.random() < 0.3, "ref": f"inc-{each}"}
                          for each in range(dice.choice([0, 0, 1, 2, 3]))]},
        "data": {
            "classification": dice.choice(["public", "official", "official", "sensitive", "secret"]),
            "personal": dice.random() < 0.7, "special_category": dice.random() < 0.25,
            "retention_days": dice.choice([0, 30, 90, 180, 365, 400, 730]),
            "processors": dice.sample(PROCESSORS, dice.randint(0, 4)),
            "dpia": {"done": dice.random() < 0.7, "score": dice.choice([1.5, 2.5, 3.5, 4.5])},
            "privacy_notice_url": dice.choice(["https://example.gov.uk/privacy", "http://example.org/p", ""])},
        "budget": {"total": total, "spent": spent, "currency": "GBP"},
        "accessibility": {
            "wcag": dice.choice(["A", "AA", "AA", "AAA"]),
            "issues": {"critical": dice.choice([0, 0, 0, 1, 2]), "serious": dice.randint(0, 8),
                       "minor": dice.randint(0, 20)},
            "tested_with_users": dice.random() < 0.6, "audit_passed": dice.random() < 0.5,
            "languages": dice.choice([["en"], ["en", "cy"], ["en", "pl", "ur"]])},
        "hosting": {
            "region": dice.choice(["eu-west-2", "uk-south-1", "us-east-1", "eu-central-1", "uksouth"]),
            "uptime": dice.choice([99.95, 99.5, 98.75, 99.9]), "encrypted_at_rest": dice.random() < 0.9,
            "encrypted_in_transit": dice.random() < 0.95, "pci_scope": dice.choice(["outsourced", "full", "none"])},
        "dates": {"start": start.strftime("%Y-%m-%dT%H:%M:%SZ"), "end": end.strftime("%Y-%m-%dT%H:%M:%SZ")},
        "team": team,
        "flags": {"public": dice.random() < 0.5, "payments": dice.random() < 0.3,
                  "automated_decision": dice.random() < 0.3, "human_review": dice.random() < 0.6},
        "support": {"channels": dice.sample(["email", "phone", "face_to_face", "webchat"], dice.randint(1, 3)),
                    "hours": {"open": dice.randint(6, 10), "close": dice.randint(15, 22)}},
        "limits": {"discovery": 20, "alpha": 60, "beta": 200, "live": 5000,
                   "max_participants": dice.choice([50, 100, 500])}}
    if dice.random() < 0.6:
        facts["data"]["dpo_email"] = dice.choice(["dpo@leeds.gov.uk", "dpo(at)trust", "dpo@trust.nhs.uk"])
    if dice.random() < 0.3:
        same = dice.random() < 0.2
        facts["project"]["predecessor"] = f"p-{number if same else dice.randint(0, FACTS - 1):04}"
    return facts


def wide_rows(dice):
    """100 rows of which most facts meet one."""
    rows = []
    while len(rows) < 99:
        low = dice.choice([0, 1, 5, 10, 20, 40, 50, 60, 100, 150, 200])
        high = low + dice.choice([2, 5, 10, 15, 30, 60])
        cells = [None if dice.random() < 0.15 else {"range": [low, high]},
                 one_or_two(dice, CLASSES), one_or_two(dice, STAGES)]
        sum_of_money = dice.choice([5000, 10000, 20000, 40000, 60000, 90000, 120000])
        cells.append(None if dice.random() < 0.25 else {"lt": sum_of_money + 0.5} if dice.random() < 0.4 else
                     {"ge": sum_of_money + 0.5} if dice.random() < 0.5 else
                     {"range": [sum_of_money + 0.5, sum_of_money * 1.3 + 0.5]})
        if cells.count(None) <= 1:
            rows.append(cells)
    return [*rows, [None] * 4]


def one_or_two(dice, values):
    return (None if dice.random() < 0.2 else {"eq": dice.choice(values)} if dice.random() < 0.75 else
            {"in": dice.sample(values, 2)})


def narrow_rows(dice):
    """10,000 rows; a scan from the first on passes thousands before it meets the one."""
    def row():
        count = dice.choice(COUNTS)
        least = dice.randrange(3000, 150000, 1000) + 0.5
        return [{"range": [count, count + dice.choice([0, 2, 10])]},
                {"eq": dice.choice(CLASSES)} if dice.random() < 0.75 else {"in": dice.sample(CLASSES, 2)},
                {"eq": dice.choice(STAGES)} if dice.random() < 0.75 else {"in": dice.sample(STAGES, 2)},
                {"range": [least, least + dice.choice([1000, 2000, 4000])]}]
    return [*(row() for _ in range(9999)), [None] * 4]


def matches(cell, value):
    if cell is None:
        return True
    (kind, wanted), = cell.items()
    return {"eq": lambda: value == wanted, "in": lambda: value in wanted, "lt": lambda: value < wanted,
            "ge": lambda: value >= wanted, "range": lambda: wanted[0] <= value <= wanted[1]}[kind]()


def cell_in_cel(cell, path, kind):
    def literal(value):
        return f"'{value}'" if kind == "string" else repr(float(value)) if kind == "double" else str(value)

    (what, wanted), = cell.items()
    if what == "range":
        return f"{path} >= {literal(wanted[0])} && {path} <= {literal(wanted[1])}"
    if what == "in":
        return f"{path} in [{', '.join(map(literal, wanted))}]"
    return f"{path} {({'eq': '==', 'lt': '<', 'ge': '>='})[what]} {literal(wanted)}"


def table(rows):
    return {"hit_policy": "first", "inputs": [{"path": path, "type": kind} for path, kind in INPUTS],
            "rows": [{"cells": cells,
                      "cel": " && ".join(cell_in_cel(cell, *column) for cell, column in zip(cells, INPUTS) if cell)
                             or "true",
                      "output": {"route": f"panel-{number % 7}", "reviewers": 1 + number % 4}}
                     for number, cells in enumerate(rows)]}


def first_hits(rows, cases):
    """For each case the number of the first row that it meets; the last row must catch all."""
    columns = []
    for path, _ in INPUTS:
        part, name = path.split(".")
        columns.append([facts[part][name] for facts in cases])
    met = {}  # by column and cell: the cases that meet it, as the bits of one number

    def meet(column, cell):
        key = column, json.dumps(cell)
        if key not in met:
            met[key] = sum(matches(cell, value) << number for number, value in enumerate(columns[column]))
        return met[key]

    hits, left = [None] * len(cases), (1 << len(cases)) - 1
    for number, cells in enumerate(rows):
        here = left
        for column, cell in enumerate(cells):
            here &= meet(column, cell)
        left &= ~here
        while here:
            lowest = here & -here
            hits[lowest.bit_length() - 1] = number
            here ^= lowest
    return hits


def outcomes(facts):
    """Such as "TTF...", one letter for each rule."""
    read = json.loads(json.dumps(facts), object_hook=lambda entries: types.SimpleNamespace(**entries))
    return "".join("T" if condition(read) else "F" for _, condition in CONDITIONS)


def write(folder):
    """Makes the files named above in this folder."""
    dice = random.Random(20250611)
    wide = wide_rows(dice)
    cases = [case(dice, number) for number in range(FACTS)]
    narrow = narrow_rows(random.Random(20250612))
    rules = [{"id": f"r{number:02}", "cel": cel} for number, (cel, _) in enumerate(CONDITIONS, 1)]
    expected = [{"i": number, "rules": outcomes(facts), "row": row}
                for number, (facts, row) in enumerate(zip(cases, first_hits(wide, cases)))]

    folder.mkdir(parents=True, exist_ok=True)
    for name, whole in (("rules", {"rules": rules}), ("table", table(wide)), ("table_10000", table(narrow)),
                        ("schema", {"double_paths": DOUBLE_PATHS}), ("expected_10000", first_hits(narrow, cases))):
        (folder / f"{name}.json").write_text(json.dumps(whole) + "\n", encoding="utf-8")
    for name, lines in (("facts", cases), ("expected", expected)):
        (folder / f"{name}.jsonl").write_text(
            "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines), encoding="utf-8")
