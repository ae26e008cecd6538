"""A private CUPS scheduler: real filters, real backends, nothing of the machine's own touched."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
_CUPSD = "/usr/sbin/cupsd"
_PATIENCE = 20

_CUPSD_CONF = """\
Listen {root}/cups.sock
LogLevel debug
WebInterface No
Browsing Off
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
"""

_FILES_CONF = """\
ServerRoot {root}/etc
RequestRoot {root}/spool
CacheDir {root}/cache
StateDir {root}/state
TempDir {root}/tmp
AccessLog {root}/log/access
ErrorLog {root}/log/error
PageLog {root}/log/page
"""


def why_not() -> str:
    """Why CUPS cannot be started here; empty if it can."""
    missing = [name for name in (_CUPSD, "/usr/lib/cups/backend/cups-pdf", str(PPD)) if not Path(name).exists()]
    if os.getuid() == 0 and not missing:
        return ""
    return f"CUPS cannot be started here: {', '.join(missing) or 'only root may start it'}"


@contextmanager
def private_scheduler() -> Iterator[Path]:
    """Run a scheduler of our own; its folder, with ``cups.sock`` in it, goes away with it."""
    # Filters run as another user, who could not enter pytest's own folders.
    root = Path(tempfile.mkdtemp(prefix="onevisit-cups-", dir="/tmp"))
    root.chmod(0o755)
    for name in ("etc/ppd", "spool", "cache", "state", "tmp", "log"):
        (root / name).mkdir(parents=True)
    (root / "tmp").chmod(0o1777)
    configuration, files = root / "etc/cupsd.conf", root / "etc/cups-files.conf"
    configuration.write_text(_CUPSD_CONF.format(root=root))
    files.write_text(_FILES_CONF.format(root=root))
    process = subprocess.Popen([_CUPSD, "-f", "-c", configuration, "-s", files])
    try:
        _wait_for(root / "cups.sock")
        yield root
    finally:
        process.terminate()
        process.wait(_PATIENCE)
        shutil.rmtree(root, ignore_errors=True)


def _wait_for(server: Path) -> None:
    environment = {**os.environ, "CUPS_SERVER": str(server), "LC_ALL": "C"}
    end = time.monotonic() + _PATIENCE
    while b"is running" not in subprocess.run(["lpstat", "-r"], env=environment, capture_output=True).stdout:
        assert time.monotonic() < end, "the scheduler did not start in time"
        time.sleep(0.05)
