"""What a slip costs beside the same strings on a bare ReportLab canvas; the first one pays for the fonts."""

import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from onevisit.rules.slip import CopyMark, Promise, SlipAdvice, SlipData, UnitCard
from timing import Figure

RUNS = 7
NEXT = 30


def figures() -> Iterator[Figure]:
    """Measure the first slip of a process and the next ones, ours and bare in turn."""
    rounds = [(_child("ours"), _child("bare")) for _ in range(RUNS + 1)][1:]
    for place, name in enumerate(("第一张回执 PDF", "下一张回执 PDF")):
        ours = median(one[place] for one, _ in rounds)
        bare = median(other[place] for _, other in rounds)
        yield Figure(name, "ms", ours, bare, "同样的字，裸 ReportLab", RUNS)


def _child(which: str) -> list[float]:
    command = [sys.executable, __file__, which]
    finished = subprocess.run(command, capture_output=True, text=True, check=True)
    first, following = json.loads(finished.stdout)
    return [first, following]


def _fonts() -> Path:
    return Path(__file__).parents[1] / "resources" / "fonts"


def _ours() -> list[float]:
    began = time.perf_counter()
    from onevisit.paper.fonts import FontBook
    from onevisit.paper.profiles import ROLL_80
    from onevisit.paper.slip import render

    fonts = FontBook(_fonts())
    data, mark = _slip()
    render(data, mark, ROLL_80, fonts)
    first = (time.perf_counter() - began) * 1000
    took = []
    for _ in range(NEXT):
        began = time.perf_counter()
        render(data, mark, ROLL_80, fonts)
        took.append((time.perf_counter() - began) * 1000)
    return [first, median(took)]


def _bare() -> list[float]:
    began = time.perf_counter()
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in ("NotoSansSC-Regular", "NotoSansSC-Bold"):
        pdfmetrics.registerFont(TTFont(name, str(_fonts() / f"{name}.ttf")))
    from onevisit.paper.slip import slip_texts

    texts = list(slip_texts(_slip()[0]))
    _draw(texts)
    first = (time.perf_counter() - began) * 1000
    took = []
    for _ in range(NEXT):
        began = time.perf_counter()
        _draw(texts)
        took.append((time.perf_counter() - began) * 1000)
    return [first, median(took)]


def _draw(texts: list[str]) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    paper = io.BytesIO()
    canvas = Canvas(paper, pagesize=(227, 900))
    for line, text in enumerate(texts):
        canvas.setFont("NotoSansSC-Bold" if line % 5 == 0 else "NotoSansSC-Regular", 10)
        canvas.drawString(10, 880 - 14 * line, text)
    canvas.save()
    return paper.getvalue()


def _slip() -> tuple[SlipData, CopyMark]:
    now = datetime(2026, 11, 16, 0, 41, tzinfo=UTC)
    unit = UnitCard(
        "枣庄市人民来访接待中心", "枣庄市薛城区示例路1号", "0632-3300000", "工作日 8:30–17:00", "370400", "01"
    )
    advice = SlipAdvice("律师甲", "属劳动报酬争议，欠条可直接向人民法院起诉。可申请法律援助。", ("诉讼",), True, now)
    data = SlipData(
        unit=unit, practice=False, visit_no="370400-01-20261116-001-7", matter_no="370400-01-2026-00001-5",
        query_code="7QX4M2PD", queue_no=1, petitioner="王伟", visitors=(), headcount=1,
        masked_id="370499********0232", arrived_at=now, visit_ordinal=1, title="建筑工地拖欠工资",
        classification="求决 · 劳动社保 · 薛城区", respondent="某建筑劳务有限公司",
        summary="2025年3月至9月在薛城区某建筑工地务工，被拖欠工资共计28600元，请求帮助追讨。",
        materials=("身份证复印件", "工资欠条"), promises=(Promise(date(2026, 12, 1), "转有权处理的机关办理"),),
        reply="电话联系您：139****0011", missing_papers=("考勤记录", "银行流水"), advice=(advice,),
        enquiry="不用来，也能问：电话 0632-3300000，报查询码。", remedies=("收到书面答复之日起 30 日内可请求复查。",),
        staff_no="002", edition=1,
    )  # fmt: skip
    return data, CopyMark(1, 0, now, "002")


if __name__ == "__main__":
    print(json.dumps(_ours() if sys.argv[1] == "ours" else _bare()))
