"""How much memory this process holds."""

from pathlib import Path


def resident_mib() -> float:
    """The resident set of this process, in MiB (Linux)."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
