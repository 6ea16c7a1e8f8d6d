"""The example council and its worked examples, held to what was derived by hand."""

import tomllib

from harness.server import ExampleCouncil
from harness.suite import BOTH, test

DECIDED = {"approve": "approved", "approve_with_conditions": "approved_with_conditions"}


@test(on=BOTH)
def the_worked_examples_give_the_expected_findings_no_more_and_no_less(stage):
    receiver = stage.receiver()
    site = stage.example_council(receiver.url)
    server = site.start()
    expected = tomllib.loads((ExampleCouncil.FOLDER / "expected.toml").read_text(encoding="utf-8"))
    paths = sorted((site.folder / "deliveries").glob("*.json"))
    assert [path.stem for path in paths] == sorted(expected) and len(paths) == 13, paths
    wrong, concluded = [], 0
    for path in paths:
        answer = site.delivery_file(path).post(server)
        assert answer.status in (200, 202), (path.stem, answer.status, answer.body)
        said, want = answer.json(), expected[path.stem]
        findings = {finding["rule"]: finding["outcome"] for finding in said["findings"]}
        assert len(findings) == len(said["findings"]), (path.stem, said["findings"])
        if said["verdict"] != want["verdict"] or findings != want.get("findings", {}):
            wrong.append(f"{path.stem}: {said['verdict']} {findings}, not {want}")
        assert (answer.status == 202) == (said["verdict"] == "refer"), (path.stem, answer.status)
        assert bool(said["ballots"]) == (said["verdict"] == "refer"), (path.stem, said["ballots"])
        outcome = said["decision"] and said["decision"]["outcome"]
        assert outcome == DECIDED.get(said["verdict"]), (path.stem, said)
        concluded += outcome is not None
        for finding in said["findings"]:
            assert finding["say"] and finding["to"] and finding["basis"] and finding["source"], (path.stem, finding)
        assert said["prototype"]["url"].endswith("/p/" + said["prototype"]["id"]), said
        assert said["check"]["id"], said
    assert not wrong, "\n".join(wrong)
    assert receiver.wait(lambda hits: len(hits) == concluded, 30), (concluded, len(receiver.hits))
    assert all(hit.is_signed_with(site.sources["casework"].callback_secret) for hit in receiver.hits)
    stage.note(f"{len(paths)} examples, {concluded} decisions told")
    assert server.stop() == 0
    verified = site.audit()
    assert verified.returncode == 0, verified.stdout + verified.stderr
