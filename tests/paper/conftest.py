"""Invented slips for the tests of paper, one for each thing that a slip must be able to say, and the golden files.

``pytest tests/paper --regolden`` writes the golden files anew; look at every changed page before keeping them.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest

from onevisit.paper.fonts import FontBook
from onevisit.rules.slip import CopyMark, Promise, SlipAdvice, SlipData, UnitCard

UNIT = UnitCard(
    name="枣庄市人民来访接待中心",
    address="枣庄市薛城区示例路 1 号",
    phone="0632-0000000",
    opening_hours="工作日 8:30–12:00，13:30–17:00",
    region_code="370400",
    window_no="01",
)
ARRIVED = datetime(2026, 11, 22, 2, 41, tzinfo=UTC)
FIRST_COPY = CopyMark(copy_no=1, reprint_no=0, printed_at=datetime(2026, 11, 22, 2, 58, tzinfo=UTC), staff_no="002")
REPRINT = CopyMark(copy_no=3, reprint_no=2, printed_at=datetime(2026, 11, 23, 1, 5, tzinfo=UTC), staff_no="004")

PLAIN = SlipData(
    unit=UNIT,
    practice=False,
    visit_no="370400-01-20261122-007-K",
    matter_no="370400-01-2026-00123-4",
    query_code="7QX4M2PD",
    queue_no=7,
    petitioner="王伟",
    visitors=(),
    headcount=1,
    masked_id="370499********0232",
    arrived_at=ARRIVED,
    visit_ordinal=1,
    title="建筑工地拖欠工资",
    classification="求决 · 劳动社保 · 薛城区",
    respondent="某建筑劳务有限公司",
    summary="2025年3月至9月在薛城区某建筑工地务工，被拖欠工资共计28600元，多次向包工头索要未果，请求帮助追讨。",
    materials=("工资欠条（复印件 1 页）",),
    promises=(
        Promise(date(2026, 12, 7), "转送薛城区人力资源和社会保障局办理", "《信访工作条例》第二十二条"),
        Promise(date(2026, 12, 22), "该局书面告知您是否受理"),
    ),
    reply="电话联系您：139****0011",
    missing_papers=(),
    advice=(),
    enquiry="打电话 0632-0000000（工作日 8:30–17:00），报上面的查询码，就能知道办到哪一步。",
    remedies=("对处理意见不服的，自收到书面答复之日起 30 日内，可以请求复查（《信访工作条例》第三十五条）。",),
    staff_no="002",
    edition=1,
)

ADVICE = SlipAdvice(
    lawyer="律师甲",
    advice="您有包工头写的欠条，可以直接向薛城区人民法院起诉，不用先去仲裁。打官司的钱不够，可以申请法律援助（0632-0000000）。",
    ways=("诉讼", "法律援助"),
    legal_aid=True,
    signed_at=datetime(2026, 11, 22, 2, 52, tzinfo=UTC),
)

REPEAT = replace(
    PLAIN,
    visitors=("随访人 周涛",),
    headcount=2,
    visit_ordinal=2,
    missing_papers=(
        "考勤记录，或者两名工友的证明",
        "银行流水（拍照即可）",
        "身份证复印件，交给代办员周某（常庄街道示例村）带来",
    ),
    advice=(ADVICE,),
)

ORGANISATION = replace(
    PLAIN,
    petitioner="枣庄市示例机械制造（集团）有限责任公司第二分公司",
    visitors=("代理人 周涛", "随访人 刘洋", "随访人 欧阳建华"),
    headcount=3,
    masked_id="9137**********00X1",
    title="厂区门前道路长期积水影响通行",
    classification="意见建议 · 城乡建设 · 高新区",
    respondent="",
    materials=("营业执照（复印件 1 页）", "授权委托书（原件 1 页）", "照片 6 张"),
    promises=(Promise(None, "今天已当面答复，本次不再另行书面答复。"),),
    reply="书面答复，寄到您留下的地址",
    remedies=(),
)

ANONYMOUS = replace(
    PLAIN,
    petitioner="匿名",
    masked_id="",
    title="反映某村干部违规占用耕地",
    classification="揭发控告 · 国土资源水利林业 · 山亭区",
    respondent="某村民委员会",
    summary="反映某村干部占用耕地建房。",
    materials=(),
    promises=(Promise(date(2027, 1, 5), "转有权处理的机关依法处理"),),
    reply="您没有留下联系方式：请凭查询码打电话询问",
    remedies=(),
)

COURT_LINES = """去哪里：薛城区人民法院诉讼服务中心
地址：薛城区示例路1号
电话：0632-3300004（去之前先打个电话）
时间：工作日 8:30–12:00、13:30–17:00
带什么：身份证；判决书、裁定书等法律文书；证据复印件
（示例，以本地文件为准）"""

GUIDED = replace(
    PLAIN,
    title="对法院判决不服",
    classification="申诉 · 政法 · 薛城区",
    respondent="薛城区人民法院",
    summary="对一审判决不服，不知道该到哪里提出。",
    places=(
        COURT_LINES,
        "去哪里：某仲裁委员会",
    ),
    promises=(
        Promise(None, "已引导您到薛城区人民法院诉讼服务中心，按那里的程序办", "《信访工作条例》第三十一条第（一）项"),
        Promise(date(2027, 1, 5), "收到转送的机关、单位书面告知您", "《信访工作条例》第二十三条", provisional=True),
    ),
    remedies=(),
)

PRACTICE = replace(REPEAT, practice=True)

SECOND_EDITION = replace(
    REPEAT,
    edition=2,
    advice=(replace(ADVICE, addenda=("11月23日：法律援助中心已同意为您指派律师，请等电话，不用再来。",)),),
)

LONG = replace(
    PLAIN,
    petitioner="阿卜杜热合曼·买买提吐尔逊" * 4 + "阿卜杜热合曼·买",
    title="关于某村历年土地承包与补偿款发放及其他若干问题的反映" * 3,
    summary=(
        "我家承包地在村东头（约 3.6 亩），2016 年修路时占用了一部分，当时说“先修路，后补偿”，至今没有结果。" * 100
    )[:5000],
    advice=(replace(ADVICE, advice="法律上，这件事可以先调解；调解不成，再起诉。" * 40),),
)

RARE = replace(
    PLAIN,
    petitioner="刘𠮷𬱖",
    title="𠮷祥里 3 号楼 <b>漏水</b> & 无人维修",
    summary="楼顶漏水两年。<script>alert(1)</script> <font color=red>红</font> &amp; {{ name }} %s \\n\n"
    "网址：https://example.invalid/" + "abcdefghij" * 30 + "\n住户𬱖某也可以作证。",
    respondent="某物业（𣲗水）服务公司",
    materials=("照片", "业主𬱖某的证言（原件 2 页）"),
)

WANTING = replace(PLAIN, petitioner="王\U00031350", summary="名字里的字打不出来。")

CASES: dict[str, tuple[SlipData, CopyMark]] = {
    "plain": (PLAIN, FIRST_COPY),
    "repeat": (REPEAT, FIRST_COPY),
    "organisation": (ORGANISATION, FIRST_COPY),
    "anonymous": (ANONYMOUS, FIRST_COPY),
    "guided": (GUIDED, FIRST_COPY),
    "practice": (PRACTICE, FIRST_COPY),
    "reprint": (SECOND_EDITION, REPRINT),
    "long": (LONG, FIRST_COPY),
    "rare": (RARE, FIRST_COPY),
    "wanting": (WANTING, FIRST_COPY),
}
"""Each case of the golden files by its name."""

RESOURCES = Path(__file__).parents[2] / "resources" / "fonts"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regolden", action="store_true", help="write the golden slips anew (tests/paper/golden)")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        metafunc.parametrize("case", sorted(CASES))


@pytest.fixture
def regolden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written rather than compared."""
    return bool(request.config.getoption("--regolden", default=False))


@pytest.fixture
def golden() -> Path:
    return Path(__file__).parent / "golden"


@pytest.fixture(scope="session")
def fonts() -> FontBook:
    return FontBook(RESOURCES)


@pytest.fixture
def font_folder(tmp_path: Path) -> Path:
    """A folder of its own with links to the fonts, from which a test may take some away."""
    for path in RESOURCES.glob("*.ttf"):
        (tmp_path / path.name).symlink_to(path)
    return tmp_path


@pytest.fixture
def cases() -> dict[str, tuple[SlipData, CopyMark]]:
    return CASES


class Pages:
    """What a PDF file says, page by page."""

    def __init__(self, pdf: bytes) -> None:
        with pypdfium2.PdfDocument(pdf) as document:
            self.metadata = document.get_metadata_dict()
            self.texts = []
            for index in range(len(document)):
                page = document[index]
                text = page.get_textpage()
                self.texts.append(text.get_text_range())
                text.close()
                page.close()

    @property
    def text(self) -> str:
        """All pages in one."""
        return "\n".join(self.texts)

    def says(self, words: str) -> bool:
        """Whether the pages say ``words``, wherever lines end."""
        return bare(words) in bare(self.text)


def bare(text: str) -> str:
    """``text`` without spaces and line ends."""
    return "".join(text.split())


@pytest.fixture
def read() -> type[Pages]:
    return Pages
