"""What a process keeps to itself: no image of its memory on the disk when it dies, no file that others can read."""

import ctypes
import os
import sys

_OTHERS_NOTHING = 0o077
_PR_SET_DUMPABLE = 4
_SEM_FAILCRITICALERRORS = 0x0001
_SEM_NOGPFAULTERRORBOX = 0x0002


def keep_to_itself() -> None:
    """Leave no core dump and no crash report, which would hold names and the store's key; close new files to others.

    Called once, before any work; what the system does not know is left as it is.
    """
    os.umask(_OTHERS_NOTHING)
    _leave_no_dump()


if sys.platform == "win32":

    def _leave_no_dump() -> None:
        # no dialog of the error reporting, which offers to send an image of the memory
        ctypes.windll.kernel32.SetErrorMode(_SEM_FAILCRITICALERRORS | _SEM_NOGPFAULTERRORBOX)

else:
    import resource

    def _leave_no_dump() -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            # a core handler behind a pipe does not heed the limit; and nobody of the same user may look into the memory
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
