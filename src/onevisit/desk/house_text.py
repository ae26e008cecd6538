"""Writing the unit's own texts (``desk.lawbook`` says which there are): never over what somebody else wrote meanwhile.

Every function here is a step inside a use case.
"""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, NotFoundError
from onevisit.rules.faults import PlainFault
from onevisit.store.tables import HouseText

LARGEST: Final = 1_000_000
"""Characters of one text; the largest list that is shipped has some ten thousand."""
_LARGEST_FILE: Final = 4 * LARGEST

_BINARY: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-")
"""How workbooks, documents and archives of any office suite begin, the older ones too."""

_NO_TEXT: Final = "这个文件是表格、文档或者压缩包，这里只读文字文件：请先按“导出文件”，在导出的文件里改好再导入。"
_GONE: Final = "别的窗口已经改回了自带的，这里没有可以删的，请看过最新的内容再办。"
_MEANWHILE: Final = "别的窗口刚刚改过这里，您的修改没有保存，请看过最新的内容再保存。"

T = TypeVar("T")


def edition_of(content: str) -> str:
    """What tells a text from any other: a page hands it back with a change. Empty where the unit has none."""
    return sha256(content.encode()).hexdigest() if content else ""


def put(desk: Desk, session: Session, name: str, content: str, seen: str) -> None:
    """Write a text of the unit's own.

    Args:
        desk: who acts.
        session: the transaction.
        name: which text.
        content: from now on.
        seen: the edition that the person had before the eyes.

    Raises:
        ChangedElsewhereError: it is another one by now.
        PlainFault: it is too long, or holds what no text holds.
    """
    _require_writable(content)
    row = _unchanged(session, name, seen)
    if row is None:
        row = HouseText(name=name)
        session.add(row)
    row.content, row.changed_at, row.account_id = content, desk.now(), desk.actor.account_id
    session.flush()


def take_away(session: Session, name: str, seen: str) -> None:
    """Take a text of the unit's own out: what is shipped holds again.

    Raises:
        ChangedElsewhereError: it is another one by now.
        NotFoundError: there is none.
    """
    row = _unchanged(session, name, seen)
    if row is None:
        raise NotFoundError(_GONE)
    session.delete(row)
    session.flush()


def read_typed(reader: Callable[[str], T], typed: str) -> T:
    """Read what somebody typed or brought as a file, whatever it is.

    Raises:
        PlainFault: in one sentence: what is wrong with it.
    """
    _require_writable(typed)
    return reader(typed)


def _unchanged(session: Session, name: str, seen: str) -> HouseText | None:
    row = session.scalars(select(HouseText).where(HouseText.name == name)).first()
    if (edition_of(row.content) if row else "") != seen:
        raise ChangedElsewhereError(_MEANWHILE)
    return row


def _require_writable(text: str) -> None:
    if len(text) > LARGEST:
        raise PlainFault(f"内容有 {len(text)} 字，最多 {LARGEST} 字，请核对是不是选错了文件。")
    try:
        text.encode()
    except UnicodeEncodeError as problem:
        raise PlainFault("内容里有不成字的字符，请删去或重新输入后再保存。") from problem


def read_file(path: Path) -> str:
    """The text of a file that somebody brings; a mark of the byte order at its beginning is left out.

    Raises:
        PlainFault: it cannot be read, is too long, or is no text.
    """
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise PlainFault("这个文件太大，不像是名录或规则的文件，请核对是不是选错了文件。")
        raw = path.read_bytes()
    except OSError as problem:
        raise PlainFault("读不到这个文件，请核对它还在不在，插好 U 盘后再试。") from problem
    if raw.startswith(_BINARY):
        raise PlainFault(_NO_TEXT)
    utf_16 = raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf_16 else ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PlainFault("这个文件不是文字文件，请核对是不是选错了文件。")
