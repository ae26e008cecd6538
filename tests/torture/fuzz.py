"""Whatever is typed, scanned or read from a file: the end is a value or a plain sentence, never a traceback."""

import csv
import json
import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as with_seed
from hypothesis import strategies as st
from tests.torture import fuzz_life, world
from tests.torture.flips import damaged
from tests.torture.outcome import Outcome, Tally
from tests.torture.targets import SOME_JSON, TEXTS, Target, near
from tests.torture.where import trace_words

from onevisit.demo.visits_file import read_visits
from onevisit.desk import drafts, lookup, register
from onevisit.desk.desk import Desk
from onevisit.desk.drafts import RegistrationDraft
from onevisit.desk.frozen import from_json, to_json
from onevisit.desk.issue import preview
from onevisit.devices.leftovers import Leftovers
from onevisit.rules import consultation, identity, phones, regions, registration, spreadsheet
from onevisit.rules.faults import PlainFault
from onevisit.rules.forms import ConsultationForm, RegistrationForm
from onevisit.rules.keeping import BackupOccasion
from onevisit.rules.numbering import MatterNumber, VisitNumber, plain_query_code
from onevisit.rules.people import IdKind
from onevisit.rules.progress import Progress, no_progress
from onevisit.rules.trail import CheckCode
from onevisit.store import recovery
from onevisit.store.heads import HeadFile
from onevisit.store.keyslots import KeySlots
from onevisit.store.manifest import Manifest
from onevisit.store.names import HEAD, SLOTS, TRIES
from onevisit.store.tries import Tries

_OCCASION = BackupOccasion.BY_HAND
_VISITS = json.dumps(
    {
        "number": 7, "at": "2026-11-16T08:41", "purpose": "求决", "content": "劳动社保", "place": "370403",
        "title": "建筑工地拖欠工资", "summary": "被拖欠工资。", "materials": ["工资欠条"], "reply_by": "电话",
        "visitors": [{"name": "刘𠮷", "sex": "男", "id_number": "370499198806270290", "phone": "13900000014"}],
        "consultation": {"lawyer": "律师甲", "facts": "有欠条。", "advice": "可以起诉。", "route": "仲裁或诉讼"},
    },
    ensure_ascii=False,
)  # fmt: skip
_FEW = 25
_TODAY = date(2026, 11, 24)
_NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def typed(place: Path, *, examples: int, seed: int = 1, progress: Progress = no_progress) -> Outcome:
    """Give every target that many examples of what a person might type, scan or hand in (hypothesis)."""
    tally = Tally("乱输乱填（号码、表单、搜索、草稿、回执、名录、规则、办理）")
    house = world.house_in(world.found(place / "data").folder)
    try:
        clerk = world.seat(house)
        register.register(clerk, world.form(1))
        targets = [*_numbers(), *_forms(clerk), *_texts(place), *fuzz_life.lists(), *fuzz_life.after_a_visit(house)]
        for done, target in enumerate(targets, 1):
            _try(target, max(examples // 10, _FEW) if target.slow else examples, seed, tally)
            progress(done, len(targets), tally.name)
    finally:
        house.close()
    return tally.outcome()


def _try(target: Target, examples: int, seed: int, tally: Tally) -> None:
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @with_seed(seed)
    @given(target.inputs)
    def give(given_to_it: Any) -> None:  # noqa: ANN401 - whatever the target takes
        tally.tried += 1
        _survive(target, given_to_it)

    try:
        give()
    except Exception as bug:  # noqa: BLE001 - what else comes is what is looked for
        tally.lose(f"{target.name}, seed {seed}: {trace_words(bug)}: {bug!s:.300}")


def _survive(target: Target, given_to_it: Any) -> None:  # noqa: ANN401 - whatever the target takes
    try:
        target.call(given_to_it)
    except PlainFault as fault:
        if not fault.sentence.endswith("。"):
            raise AssertionError(f"no whole sentence: {fault.sentence}") from fault
    except ValueError as fault:
        # a known one: a number that is none, a text that is no slip
        if not type(fault).__module__.startswith("onevisit."):
            raise


def _numbers() -> Iterator[Target]:
    for kind in IdKind:
        yield Target(f"identity number ({kind.value})", TEXTS, partial(_read_identity, kind))
    yield Target("phone", TEXTS, phones.read)
    yield Target("visit number", near("370400-01-20261122-007-B"), VisitNumber.parse)
    yield Target("matter number", near("370400-01-2026-00123-W"), MatterNumber.parse)
    yield Target("query code", TEXTS, plain_query_code)
    yield Target("recovery code", near("2222-3333-4444-5555-6666-7777-8888-9999"), recovery.fault)
    yield Target("check code", near("17 0123 4567 89AB CDEF"), CheckCode.parse)
    yield Target("address", TEXTS, regions.split_address)
    rows = st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=5)
    yield Target("rows of a list", rows, _export)


def _read_identity(kind: IdKind, text: str) -> object:
    return identity.read(kind, text, _TODAY)


def _export(rows: list[list[str]]) -> None:
    content = spreadsheet.csv_bytes(("a", "b"), rows)
    for row in csv.reader(StringIO(content.decode("utf-8-sig"), newline="")):
        for cell in row:
            if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")):
                raise AssertionError(f"a cell that a spreadsheet would run: {cell!r}")


def _forms(clerk: Desk) -> Iterator[Target]:
    st.register_type_strategy(str, TEXTS)
    st.register_type_strategy(int, st.integers(-10, 1_000_000))
    wild = st.from_type(RegistrationForm)
    yield Target("registration form", wild, lambda form: registration.check(form, _TODAY))
    yield Target("registration form, plain", wild, registration.normalise)
    yield Target("likenesses", wild, lambda form: register.likenesses(clerk, form))
    yield Target("registration", wild, lambda form: register.register(clerk, form))
    yield Target("consultation form", st.from_type(ConsultationForm), consultation.check)
    yield Target("search box", TEXTS, lambda text: lookup.search(clerk, text))
    yield Target("a draft, kept and read", wild, _keep_and_read)


def _keep_and_read(form: RegistrationForm) -> None:
    draft = RegistrationDraft(form, "person")
    read = drafts.read_registration(drafts.registration_content(draft))
    # half a character of UTF-16 is none, and no text can hold it
    if read != draft and not _HALF_CHARACTER.search(ascii(draft)):
        raise AssertionError("a draft that is read is not what was kept")


_HALF_CHARACTER = re.compile(r"\\ud[89a-f]")


def _texts(place: Path) -> Iterator[Target]:
    slots = KeySlots.load(place / "data" / SLOTS, world.CHEAP)
    yield Target("log-in name", TEXTS, slots.label)
    yield Target("frozen slip", TEXTS, from_json)
    yield Target("draft", TEXTS, drafts.read_registration)
    yield Target("draft of an addendum", TEXTS, drafts.read_addendum)
    yield Target("draft of a form of a matter", TEXTS, drafts.read_matter)
    yield Target("frozen slip, some JSON", SOME_JSON.map(_as_json), from_json)
    yield Target("draft, some JSON", SOME_JSON.map(_as_json), drafts.read_registration)


def _as_json(value: object) -> str:
    return json.dumps({"format": 1, "slip": value, "registration": value})


# -- bytes of files ----------------------------------------------------------------------------------------------------


def files(place: Path, *, times: int, seed: int = 1, progress: Progress = no_progress) -> Outcome:
    """Mutate the bytes of every small file that is read, and read it."""
    tally, luck = (
        Tally("改坏的小文件（密钥槽、清单、链尾、草稿、回执、样例、名录、规则）"),
        random.Random(seed),
    )
    readers = dict(_readers(place))
    for turn in range(times):
        for name, (content, read) in readers.items():
            wrong = content
            for _ in range(luck.choice((1, 1, 1, 2, 5))):
                wrong = damaged(wrong, luck)[1] if wrong else content
            tally.tried += 1
            try:
                _survive(Target(name, st.nothing(), read), wrong)
            except Exception as bug:  # noqa: BLE001 - what else comes is what is looked for
                tally.lose(f"{name}, seed {seed}, turn {turn}: {trace_words(bug)}: {bug!s:.200}")
        progress(turn + 1, times, tally.name)
    return tally.outcome()


Reader = Callable[[bytes], object]


def _readers(place: Path) -> Iterator[tuple[str, tuple[bytes, Reader]]]:
    """Each kind of file: what it holds when it is whole, and how it is read."""
    founded = world.found(place / "data")
    house = world.house_in(founded.folder)
    clerk = world.seat(house)
    saved = register.register(clerk, world.form(1))
    slip = to_json(preview(clerk, saved.visit_id)[0])
    for _ in range(2):
        try:
            house.log_in("clerk", "Wangle-1949")
        except PlainFault:
            continue
    key = clerk.store.pair.key
    backup = clerk.store.back_up(place / "backups", _OCCASION, clerk.now())
    house.close()
    folder, there = founded.folder, place / "file"
    there.mkdir()
    draft = drafts.registration_content(RegistrationDraft(world.form(2), "person"))

    def written(name: str, read: Callable[[Path], object]) -> Reader:
        def reader(content: bytes) -> object:
            (there / name).write_bytes(content)
            return read(there / name)

        return reader

    def as_text(read: Callable[[str], object]) -> Reader:
        return lambda content: read(content.decode("utf-8", "surrogateescape"))

    yield "slots", ((folder / SLOTS).read_bytes(), written(SLOTS, lambda path: KeySlots.load(path, world.CHEAP)))
    yield "head", ((folder / HEAD).read_bytes(), written(HEAD, lambda path: HeadFile(path, key).read()))
    yield "tries", ((folder / TRIES).read_bytes(), written(TRIES, lambda path: Tries(path).wait("x", _NOW)))
    yield (
        "manifest",
        (
            (backup.folder / "manifest.json").read_bytes(),
            written("manifest.json", lambda path: Manifest.load(path.parent)),
        ),
    )
    yield "frozen slip", (slip.encode(), as_text(from_json))
    yield "draft", (draft.encode(), as_text(drafts.read_registration))
    yield "print jobs", (b"7 onevisit\n8 other queue\n", written("jobs", lambda path: Leftovers(path).jobs()))
    yield "visits file", (_VISITS.encode(), written("visits.jsonl", read_visits))
    for name, (content, read) in fuzz_life.LISTS.items():
        yield name, (content.encode(), as_text(read))
