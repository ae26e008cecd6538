"""Where the scheduler is knocked at, and that one which is silent or talks nonsense is given up."""

import socket
import threading
from pathlib import Path

import pytest

from onevisit.devices import ipp


def test_only_a_scheduler_on_this_computer_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", "print.example:631")
    assert ipp.local_socket(None) is None
    assert ipp.local_socket("/run/other.sock") == Path("/run/other.sock")
    monkeypatch.setenv("CUPS_SERVER", "/run/mine.sock")
    assert ipp.local_socket(None) == Path("/run/mine.sock")


def test_nobody_there(tmp_path: Path) -> None:
    assert not ipp.purge(tmp_path / "no.sock", 1, 1)


@pytest.mark.parametrize("answer", [b"", b"nonsense", b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"])
def test_nonsense_is_given_up(tmp_path: Path, answer: bytes) -> None:
    place = tmp_path / "odd.sock"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(place))
        server.listen()

        def say() -> None:
            with server.accept()[0] as caller:
                caller.recv(65_536)
                caller.sendall(answer)

        speaker = threading.Thread(target=say)
        speaker.start()
        assert not ipp.purge(place, 1, 5)
        speaker.join(5)
