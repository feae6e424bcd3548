"""A real IMAP server on loopback (pymap), and letters to put into it."""

import imaplib
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

USER, PASSWORD = "letters", "open-sesame"


@contextmanager
def running_server() -> Iterator[int]:
    """Its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = shutil.which("pymap", path=str(Path(sys.executable).parent))
    assert program, "pymap belongs to the development tools"
    command = [program, "--host", "127.0.0.1", "--port", str(port), "--no-tls"]
    command += ["dict", "--demo-user", USER, "--demo-password", PASSWORD]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(port: int, server: Any) -> None:
    for _attempt in range(300):
        assert server.poll() is None, "pymap ended by itself"
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("pymap does not answer")


class Inboxes:
    """The server's only user, emptied for each test."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.server = imaplib.IMAP4("127.0.0.1", port, timeout=20)
        self.server.login(USER, PASSWORD)
        self.empty("INBOX")

    def empty(self, folder: str) -> None:
        self.server.select(folder)
        self.server.store("1:*", "+FLAGS", "(\\Deleted)")
        self.server.expunge()
        self.server.close()

    def deliver(self, letter: EmailMessage | bytes) -> None:
        status, _ = self.server.append("INBOX", None, None, letter if isinstance(letter, bytes) else letter.as_bytes())
        assert status == "OK"

    def count(self, folder: str = "INBOX", criterion: str = "ALL") -> int:
        status, _ = self.server.select(folder, readonly=True)
        if status != "OK":
            return 0
        _, (found,) = self.server.search(None, criterion)
        self.server.close()
        return len(found.split())

    def unflag(self) -> None:
        self.server.select("INBOX")
        self.server.store("1:*", "-FLAGS", "(\\Seen)")
        self.server.close()


def make_letter(
    text: str = "三号楼前的垃圾三天没有清了。", subject: str = "垃圾没清", number: str = "1", **headers: str
) -> EmailMessage:
    letter = EmailMessage()
    letter["From"] = headers.pop("sender", "样例 <neighbor@example.org>")
    letter["To"] = "letters@example.org"
    letter["Subject"] = subject
    letter["Message-ID"] = f"<{number}@example.org>"
    for name, value in headers.items():
        letter[name.replace("_", "-")] = value
    letter.set_content(text)
    return letter
