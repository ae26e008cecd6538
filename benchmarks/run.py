"""Measures what people feel, each beside its floor, and prints one table; the figures go to build/bench.json.

Run: ``make bench``, or ``python benchmarks/run.py --sizes 10000,100000``. Nothing here passes or fails.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import board_figures
import cost_figures
import month_figures
import slip_figures
import store_figures
from timing import Figure, in_turn, start

BUILD = Path("build")
LIBRARIES = "sqlalchemy.orm,reportlab.pdfgen.canvas,pypdfium2,sqlcipher3,argon2,cryptography.hazmat.primitives.ciphers"
RUNS = 7


def measure(sizes: tuple[int, ...], place: Path) -> Iterator[Figure]:
    """Measure everything, quickest first."""
    yield in_turn(
        "启动到登录窗口", "ms", lambda: start("login_window.py", str(place)).milliseconds,
        lambda: start("bare_window.py").milliseconds, "裸窗口一个输入框", RUNS,
    )  # fmt: skip
    yield from slip_figures.figures()
    for size in sizes:
        directory = place / f"visits-{size}"
        house = store_figures.make_store(directory / "store", size)
        if size == sizes[0]:
            yield store_figures.guessing(directory / "store")
        yield from store_figures.figures(house, directory / "store", size)
        yield from _pages(directory, size)
        yield from month_figures.figures(house, directory / "store", size)
        yield from cost_figures.figures(house, directory / "store", size)
        shutil.rmtree(directory)
    yield from board_figures.figures(place / "board", max(sizes))


def _pages(directory: Path, size: int) -> Iterator[Figure]:
    """The start up to a usable registration page, and what memory it takes."""
    yield in_turn(
        f"启动到可登记（库中 {size:,}）", "ms", lambda: start("registration_page.py", str(directory)).milliseconds,
        lambda: start("bare_window.py", "--import", "sqlalchemy.orm").milliseconds, "裸窗口 + sqlalchemy.orm", RUNS,
    )  # fmt: skip
    yield in_turn(
        f"登记页打开时的内存（库中 {size:,}）", "MiB", lambda: start("registration_page.py", str(directory)).mebibytes,
        lambda: start("bare_window.py", "--import", LIBRARIES).mebibytes, "裸窗口 + 同样的库", 3,
    )  # fmt: skip


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description="性能对照：每一项都和同一次运行里测得的下限比较")
    parser.add_argument("--sizes", default="10000,100000", help="库中来访数，用逗号分隔")
    sizes = tuple(int(size) for size in parser.parse_args().sizes.split(","))
    place = BUILD / "bench"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    figures = []
    print(f"{'本程序':>12}{'下限':>12}{'倍数':>8}  项目（下限是什么）")
    for figure in measure(sizes, place):
        figures.append(figure)
        print(
            f"{figure.ours:9.1f} {figure.unit:>3}{figure.floor:9.1f} {figure.unit:>3}{figure.ratio:8.2f}"
            f"  {figure.name}（{figure.floor_name}）",
            flush=True,
        )
    report = [asdict(figure) | {"ratio": figure.ratio} for figure in figures]
    (BUILD / "bench.json").write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    shutil.rmtree(place)
    return 0


if __name__ == "__main__":
    sys.exit(main())
