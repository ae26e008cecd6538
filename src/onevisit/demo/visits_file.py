"""Reading a file of visits: one JSON object a line, made into the forms that people would fill.

A line that cannot be used is not the end: it comes back as a ``BadLine`` with sentences a clerk understands.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from onevisit.rules.classification import AdvisedWay, ContentClass, Purpose, ReplyMethod, ReturnReason
from onevisit.rules.clocks import SHANGHAI
from onevisit.rules.faults import PlainFault
from onevisit.rules.forms import ConsultationForm, MaterialEntry, RegistrationForm
from onevisit.rules.labels import Labelled
from onevisit.rules.people import IdKind, PersonEntry, Sex
from onevisit.rules.regions import split_address

L = TypeVar("L", bound=Labelled)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Advice:
    """What the duty lawyer is to write at this visit."""

    lawyer: str
    form: ConsultationForm


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit to drive through the window.

    Attributes:
        repeat_of: the number of the line whose matter this one is about, None for a matter of its own.
    """

    number: int
    arrived_at: datetime
    form: RegistrationForm
    repeat_of: int | None
    advice: Advice | None


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be used, and why."""

    number: int
    errors: tuple[str, ...]


def read_visits(path: Path) -> tuple[VisitLine | BadLine, ...]:
    """Read every line of a visits file.

    Raises:
        PlainFault: the file is not there, cannot be read, or is no text.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise PlainFault(f"“{path.name}”不是 UTF-8 文本文件，请换成每行一条来访的 JSON 文件。") from error
    except OSError as error:
        raise PlainFault(f"打不开来访文件“{path.name}”，请核对路径后再试。") from error
    return tuple(_read_line(number, line) for number, line in enumerate(_filled(text)))


def _filled(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if line.strip())


def _read_line(number: int, line: str) -> VisitLine | BadLine:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return BadLine(number, (f"第 {number + 1} 行不是 JSON，请对照样例修改这一行。",))
    if not isinstance(row, dict):
        return BadLine(number, (f"第 {number + 1} 行不是一条来访，应为花括号括起的一条记录。",))
    reader = _LineReader(row)
    if isinstance(row.get("number"), int):
        number = row["number"]
    visit = reader.visit(number)
    return BadLine(number, tuple(reader.errors)) if reader.errors else visit


@dataclass(slots=True)
class _LineReader:
    """Reads the fields of one line and collects what is wrong with them."""

    row: Row
    errors: list[str] = field(default_factory=list)

    def visit(self, number: int) -> VisitLine:
        arrived = self._read("at", self._moment, datetime.now(SHANGHAI))
        repeat = self.row.get("repeat_of")
        return VisitLine(
            number=number,
            arrived_at=arrived,
            form=self._form(),
            repeat_of=repeat if isinstance(repeat, int) else None,
            advice=self._advice(),
        )

    def _form(self) -> RegistrationForm:
        people = tuple(self._person(each, "visitors") for each in self._list("visitors"))
        agent = self.row.get("agent")
        headcount = self.row.get("headcount")
        return RegistrationForm(
            lead=people[0] if people else None,
            companions=people[1:],
            agents=(self._person(agent, "agent"),) if agent else (),
            organisation=self._text("organisation"),
            anonymous=self.row.get("anonymous") is True,
            headcount=headcount if isinstance(headcount, int) else None,
            purpose=self._code("purpose", Purpose, "目的"),
            content=self._code("content", ContentClass, "内容分类"),
            place_code=self._text("place"),
            respondent=self._text("respondent"),
            title=self._text("title"),
            summary=self._text("summary"),
            materials=tuple(MaterialEntry(str(name)) for name in self._list("materials")),
            reply_by=self._code("reply_by", ReplyMethod, "答复方式"),
            confidential=self.row.get("confidential") is True,
            urgent=self.row.get("urgent") is True,
            wants_lawyer="consultation" in self.row,
            return_reason=self._code("return_reason", ReturnReason, "再次来访原因"),
        )

    def _person(self, given: object, where: str) -> PersonEntry:
        if not isinstance(given, dict):
            self.errors.append(f"“{where}”里有一项不是一个人的信息，请对照样例修改。")
            return PersonEntry()
        inner = _LineReader(given, self.errors)
        address = split_address(inner._text("address"))
        return PersonEntry(
            name=inner._text("name"),
            sex=inner._code("sex", Sex, "性别") or Sex.UNKNOWN,
            ethnic_group=inner._text("ethnic_group"),
            id_kind=inner._code("id_kind", IdKind, "证件类型") or IdKind.RESIDENT,
            id_number=inner._text("id_number"),
            phone=inner._text("phone"),
            region_code=address.region_code,
            town=address.town,
            address=address.rest,
        )

    def _advice(self) -> Advice | None:
        given = self.row.get("consultation")
        if not isinstance(given, dict):
            return None
        inner = _LineReader(given, self.errors)
        lawyer = inner._text("lawyer")
        if not lawyer:
            self.errors.append("律师接待没有写律师姓名，请补上“lawyer”。")
        form = ConsultationForm(
            facts=inner._text("facts"),
            advice=inner._text("advice"),
            basis=inner._text("basis"),
            ways=_ways(inner._text("route")),
            legal_aid=given.get("legal_aid") is True,
        )
        return Advice(lawyer, form)

    def _text(self, name: str) -> str:
        value = self.row.get(name, "")
        if value is None or isinstance(value, str):
            return value or ""
        self.errors.append(f"“{name}”应为文字，请对照样例修改。")
        return ""

    def _list(self, name: str) -> list[object]:
        value = self.row.get(name, [])
        if isinstance(value, list):
            return value
        self.errors.append(f"“{name}”应为方括号括起的列表，请对照样例修改。")
        return []

    def _code(self, name: str, codes: type[L], word: str) -> L | None:
        label = self._text(name)
        if not label:
            return None
        try:
            return codes.from_label(label)
        except ValueError:
            choices = "、".join(code.label for code in codes)
            self.errors.append(f"{word}“{label}”不在可选项中，可选：{choices}。")
            return None

    def _read(self, name: str, convert: Callable[[str], datetime], otherwise: datetime) -> datetime:
        try:
            return convert(self._text(name))
        except ValueError:
            self.errors.append("来访时间“at”应写成 2026-11-16T08:41 的样子。")
            return otherwise

    @staticmethod
    def _moment(text: str) -> datetime:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def _ways(text: str) -> tuple[AdvisedWay, ...]:
    """The ways named in a free phrase such as ``仲裁或诉讼``."""
    return tuple(way for way in AdvisedWay if way.label in text)
