"""Runs every torment at length, prints one table, and writes build/torture.json.

``make torture``, or ``python -m tests.torture.run --short kill chain``. Ends with 1 if anything was lost or leaked.
"""

import argparse
import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.torture.apart import ROOT, run_apart
from tests.torture.outcome import Outcome
from tests.torture.torments import TORMENTS

_REPORT = ROOT / "build" / "torture.json"
_NAME_WIDTH = 44


def main() -> int:
    """Torture, tell, write."""
    parser = argparse.ArgumentParser(
        description="折磨：断电、磁盘写满、文件损坏、时钟拨回……之后什么也没有丢，什么也没有漏"
    )
    parser.add_argument("names", nargs="*", choices=[*TORMENTS, []], help="只做这些（不写则全做）")
    parser.add_argument("--short", action="store_true", help="次数少，如同 make test 里的")
    parser.add_argument("--seed", type=int, default=1, help="随机数种子，写在每条失败里")
    told = parser.parse_args()
    outcomes = list(_shown(_inflict(told.names or TORMENTS, "short" if told.short else "long", told.seed)))
    _write(outcomes, _REPORT)
    return 0 if all(outcome.clean for outcome in outcomes) else 1


def _inflict(names: Iterable[str], length: str, seed: int) -> Iterator[Outcome]:
    for name in names:
        try:
            yield run_apart(name, length, seed)
        except RuntimeError as error:
            yield Outcome(name, 1, 1, 0, (str(error),))


def _shown(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    print(f"{_padded('项目')}{'次数':>8}{'丢失':>6}{'泄漏':>6}")
    for outcome in outcomes:
        print(f"{_padded(outcome.name)}{outcome.tried:>10,}{outcome.lost:>8}{outcome.leaked:>8}", flush=True)
        for sentence in outcome.said:
            print(f"    {sentence}", flush=True)
        yield outcome


def _padded(words: str) -> str:
    # a Chinese character is as wide as two others
    width = sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in words)
    return words + " " * max(1, _NAME_WIDTH - width)


def _write(outcomes: Iterable[Outcome], report: Path) -> None:
    rows = [{"name": o.name, "tried": o.tried, "lost": o.lost, "leaked": o.leaked} for o in outcomes]
    report.parent.mkdir(exist_ok=True)
    report.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
