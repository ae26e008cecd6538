"""The short run of every torment: nothing lost, nothing leaked (``make torture`` is the long one)."""

import json
import os
from pathlib import Path

import pytest
from tests.devices.private_cups import why_not
from tests.torture import run
from tests.torture.apart import run_apart
from tests.torture.outcome import Outcome, Tally
from tests.torture.torments import TORMENTS


@pytest.mark.skipif(os.name != "posix", reason="forks and kills as POSIX does")
@pytest.mark.parametrize("name", TORMENTS)
def test_nothing_is_lost_and_nothing_leaks(name: str) -> None:
    if name == "leaks" and os.environ.get("CI"):
        assert not why_not(), "in CI the print system belongs to the journey"
    outcome = run_apart(name, "short")
    assert outcome.clean, f"{outcome.name}: " + "\n".join(outcome.said)


def test_what_was_lost_is_counted_and_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    tally = Tally("断电")
    assert not tally.outcome().clean
    tally.tried = 2
    assert tally.outcome().clean
    tally.lose("number 7 is gone")
    tally.leak("a name in a log")
    outcomes = list(run._shown([tally.outcome()]))
    assert outcomes == [Outcome("断电", 2, 1, 1, ("number 7 is gone", "a name in a log"))]
    assert not outcomes[0].clean
    assert "number 7 is gone" in capsys.readouterr().out
    run._write(outcomes, tmp_path / "build" / "torture.json")
    told = json.loads((tmp_path / "build" / "torture.json").read_text(encoding="utf-8"))
    assert told == [{"name": "断电", "tried": 2, "lost": 1, "leaked": 1}]
