"""All torments, with how often each is tried in the short run (inside ``make test``) and in the long one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.torture import chain, clock, flips, full, full_keepers, full_life, fuzz, kill, kill_keepers, leaks, wandering
from tests.torture.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Torment:
    """One torment and its counts.

    Attributes:
        inflict: takes a folder to work in, the counts, ``seed`` and ``progress``.
        short: the counts of a few seconds.
        long: those of ``make torture``.
    """

    inflict: Callable[..., Outcome]
    short: Mapping[str, Any]
    long: Mapping[str, Any]


_DESK = {"scenes": (*full.SCENES, full_life.GoingOn), "words": "登记、办理、草稿、打印、设置、密码"}
_KEEPERS = {"scenes": full_keepers.SCENES, "words": "备份、恢复、换密钥、升级"}

TORMENTS = {
    "kill": Torment(kill.registering, {"kills": 20}, {"kills": 300}),
    "kill_set_back": Torment(kill.registering, {"kills": 6, "set_back": True}, {"kills": 100, "set_back": True}),
    "kill_keepers": Torment(kill_keepers.keeping, {"kills": 3}, {"kills": 75}),
    "kill_set_up": Torment(kill.setting_up, {"kills": 4}, {"kills": 60}),
    "kill_password": Torment(kill.changing_passwords, {"kills": 6}, {"kills": 100}),
    "chain": Torment(chain.entries, {"visits": 4}, {"visits": 60}),
    "chain_rewritten": Torment(chain.rewritten, {"times": 8}, {"times": 200}),
    "clock": Torment(clock.turning, {"visits": 24, "ordered": True}, {"visits": 1_500, "ordered": True}),
    "disk": Torment(full.disk, _DESK | {"times": 2}, _DESK | {"times": 60}),
    "disk_keepers": Torment(full.disk, _KEEPERS | {"times": 2}, _KEEPERS | {"times": 60}),
    "disk_limited": Torment(full.disk, _DESK | {"times": 1, "mount": False}, _KEEPERS | {"times": 20, "mount": False}),
    "flips": Torment(flips.every_file, {"tries": 6}, {"tries": 250}),
    "fuzz": Torment(fuzz.typed, {"examples": 25}, {"examples": 3_000}),
    "fuzz_files": Torment(fuzz.files, {"times": 150}, {"times": 20_000}),
    "wandering": Torment(wandering.wander, {"lives": 4}, {"lives": 120}),
    "leaks": Torment(leaks.a_whole_day, {"days": 1}, {"days": 5}),
}
"""Each runs alone in a process of its own (``tests.torture.apart``)."""
