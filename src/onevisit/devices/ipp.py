"""The two words of IPP that CUPS' command-line tools cannot say: take a job that is over out of the spool.

CUPS keeps the document of a finished job for a day (``PreserveJobFiles``), and ``cancel -x`` refuses a job that is
over. Its owner may restart it held, though, and cancel a held job with everything that belongs to it (RFC 8011,
sections 4.3.3 and 4.3.7; the operation attribute ``purge-job`` is CUPS' own). Nothing is printed by that.
"""

import http.client
import os
import socket
import struct
from collections.abc import Iterable
from pathlib import Path

_CANCEL_JOB = 0x0008
_RESTART_JOB = 0x000E
_OK = range(0x0100)
_NOT_POSSIBLE = 0x0404
_NOT_FOUND = 0x0406

_OPERATION_ATTRIBUTES, _END = b"\x01", b"\x03"
_BOOLEAN, _NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE = 0x22, 0x42, 0x44, 0x45, 0x47, 0x48
_SOCKETS = ("/run/cups/cups.sock", "/var/run/cups/cups.sock")

_Attribute = tuple[int, str, bytes]
_PURGE: _Attribute = (_BOOLEAN, "purge-job", b"\x01")
_HELD: _Attribute = (_KEYWORD, "job-hold-until", b"indefinite")


def local_socket(server: str | None) -> Path | None:
    """The socket of a scheduler on this computer; None if ``server`` (as in ``CUPS_SERVER``) is another computer."""
    server = server or os.environ.get("CUPS_SERVER", "")
    if server.startswith("/"):
        return Path(server)
    if server not in ("", "localhost"):
        return None
    return next((path for path in map(Path, _SOCKETS) if path.exists()), None)


def purge(place: Path, job: int, timeout: float) -> bool:
    """Take a job that is over, and its document, out of the spool.

    Args:
        place: the scheduler's socket.
        job: the number of a job of ours; one that still prints would be cancelled.
        timeout: seconds after which the scheduler is given up.

    Returns:
        Whether nothing is left of it.
    """
    try:
        said = _ask(place, timeout, _CANCEL_JOB, job, _PURGE)
        if said == _NOT_POSSIBLE and _ask(place, timeout, _RESTART_JOB, job, _HELD) in _OK:
            said = _ask(place, timeout, _CANCEL_JOB, job, _PURGE)
    except (OSError, http.client.HTTPException, struct.error):
        return False
    return said in _OK or said == _NOT_FOUND


class _LocalConnection(http.client.HTTPConnection):
    """HTTP over a socket of this computer, by which the scheduler knows who asks."""

    def __init__(self, place: Path, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self._place = place

    def connect(self) -> None:
        """Open the socket."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._place))


def _ask(place: Path, timeout: float, operation: int, job: int, attribute: _Attribute) -> int:
    """Send one request and give the status that the scheduler answers with; all of 16 bits set where it gave none."""
    user = _user()
    attributes = (
        (_CHARSET, "attributes-charset", b"utf-8"),
        (_LANGUAGE, "attributes-natural-language", b"en"),
        (_URI, "job-uri", f"ipp://localhost/jobs/{job}".encode()),
        (_NAME, "requesting-user-name", user.encode()),
        attribute,
    )
    connection = _LocalConnection(place, timeout)
    try:
        headers = {"Content-Type": "application/ipp", "Authorization": f"PeerCred {user}"}
        connection.request("POST", "/jobs/", _request(operation, attributes), headers)
        answer = connection.getresponse()
        said = answer.read()
    finally:
        connection.close()
    return int(struct.unpack_from(">H", said, 2)[0]) if answer.status == http.client.OK else 0xFFFF


def _request(operation: int, attributes: Iterable[_Attribute]) -> bytes:
    """A request of IPP 2.0 (RFC 8010)."""
    body = struct.pack(">BBHI", 2, 0, operation, 1) + _OPERATION_ATTRIBUTES
    for tag, name, value in attributes:
        body += struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(value)) + value
    return body + _END


def _user() -> str:
    import pwd  # noqa: PLC0415 - not on Windows, where there is no CUPS

    return pwd.getpwuid(os.geteuid()).pw_name
