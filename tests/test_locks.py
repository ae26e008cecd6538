"""The lock files: in step with pyproject.toml and with each other, every file of every package under a hash."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUN_TIME: list[str] = PROJECT["dependencies"]
DEVELOPMENT: list[str] = PROJECT["optional-dependencies"]["dev"]


def pins(lock: str) -> list[Requirement]:
    """Read the pinned packages of a lock file."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return [Requirement(line.removesuffix("\\")) for line in text.splitlines() if re.match(r"\w", line)]


def unmet(wanted: Iterable[str], lock: str) -> list[str]:
    """Return those of ``wanted`` for which the lock file pins no fitting version."""
    pinned: dict[str, list[str]] = {}
    for pin in pins(lock):
        (exact,) = pin.specifier
        pinned.setdefault(canonicalize_name(pin.name), []).append(exact.version)
    requirements = [Requirement(line) for line in wanted]
    return [
        str(requirement)
        for requirement in requirements
        if not any(
            requirement.specifier.contains(version) for version in pinned.get(canonicalize_name(requirement.name), [])
        )
    ]


def test_what_the_project_asks_for_is_locked() -> None:
    assert unmet(RUN_TIME, "requirements.lock") == [], "run make lock"
    assert unmet([*RUN_TIME, *DEVELOPMENT], "requirements-dev.lock") == [], "run make lock"


def test_development_runs_on_the_very_versions_that_are_delivered() -> None:
    assert {str(pin) for pin in pins("requirements.lock")} <= {str(pin) for pin in pins("requirements-dev.lock")}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_pin_has_hashes_and_no_line_names_a_place(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\w)", text)
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert not re.search(r"https?:|-index|--find-links|file:", text)
