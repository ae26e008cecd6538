"""The disk fills up while the keepers work: backup, upgrade, restore, change of the key."""

import shutil
from pathlib import Path

from tests.torture import world
from tests.torture.full import Scene

from onevisit.desk import backups, register, restoring
from onevisit.desk.house import House
from onevisit.desk.practice import PRACTICE_ACCOUNTS
from onevisit.rules.accounts import Role
from onevisit.rules.keeping import BackupOccasion, BackupState
from onevisit.store.names import BACKUPS

_SCHEMAS = Path(__file__).parents[1] / "store" / "schemas"
_VISITS_OF_0001 = 12
_VISITS = 5


class _Kept(Scene):
    """A house with some visits, and a backup from before the last of them."""

    def begin(self) -> None:
        """Make both."""
        house = self.house()
        clerk = world.seat(house)
        for serial in range(1, _VISITS):
            register.register(clerk, world.form(serial))
        backups.make_backup(world.seat(house, Role.ADMINISTRATOR), BackupOccasion.BY_HAND)
        register.register(clerk, world.form(_VISITS))
        house.close()

    def must_hold(self, *visits: int) -> None:
        """See that one of these numbers of visits is there, and everything that belongs to them."""
        self.must(lambda: self._count(visits))
        self.look()

    def _count(self, visits: tuple[int, ...]) -> None:
        house = self.house()
        try:
            with world.seat(house).store.reading() as session:
                if world.visits_in(session) not in visits:
                    self.lose(f"{world.visits_in(session)} visits where {visits} were expected")
        finally:
            house.close()


class BackingUp(_Kept):
    """Backups, until there is no room for another."""

    name = "backup"

    def play(self) -> None:
        """As ``Scene.play``."""
        self.begin()
        house = self.house()
        desk = world.seat(house, Role.ADMINISTRATOR)

        def one() -> None:
            backups.make_backup(desk, BackupOccasion.BY_HAND)

        self.fill_up(one, 3_000)
        for info in backups.known_backups(desk):
            found = backups.check_backup(desk, info.folder)
            if found.state is not BackupState.VERIFIED:
                self.lose(f"a backup that was not finished is called one: {found.sentence}")
        self.must(one)
        house.close()
        self.must_hold(_VISITS)


class Restoring(_Kept):
    """A restore without room for a second store."""

    name = "restore"

    def play(self) -> None:
        """As ``Scene.play``."""
        self.begin()
        self.disk.leave(self.luck.randrange(0, 1_500, 4))
        self.attempt(self._restore)
        self.disk.make_room()
        self.must_hold(_VISITS, _VISITS - 1)
        self.must(self._restore)
        self.must_hold(_VISITS - 1)

    def _restore(self) -> None:
        backup = next((self.folder / BACKUPS).iterdir())
        restoring.restore(self.folder, backup, login="admin", password=world.PASSWORD, cost=world.CHEAP)


class Rekeying(_Kept):
    """A change of the key without room for a second store."""

    name = "change of key"

    def play(self) -> None:
        """As ``Scene.play``."""
        self.begin()
        house = self.house()
        desk = world.seat(house, Role.ADMINISTRATOR)
        self.disk.leave(self.luck.randrange(0, 1_500, 4))
        self.attempt(lambda: house.rekey(desk))
        self.disk.make_room()
        house.close()
        self.must_hold(_VISITS)
        again = self.house()
        self.must(lambda: again.rekey(world.seat(again, Role.ADMINISTRATOR)))
        again.close()
        self.must_hold(_VISITS)


class Upgrading(Scene):
    """A store of the first schema that is brought up to date."""

    name = "upgrade"

    def play(self) -> None:
        """As ``Scene.play``."""
        shutil.rmtree(self.folder)
        shutil.copytree(_SCHEMAS / "0001", self.folder)
        self.disk.leave(self.luck.randrange(0, 2_500, 4))
        self.attempt(self._log_in)
        self.disk.make_room()
        self.must(self._log_in)

    def _log_in(self) -> None:
        house = House(self.folder, practice=True, cost=world.CHEAP)
        try:
            desk = house.log_in(PRACTICE_ACCOUNTS[0].login, PRACTICE_ACCOUNTS[0].password)
            with desk.store.reading() as session:
                if world.visits_in(session) != _VISITS_OF_0001:
                    self.lose("visits are missing after the upgrade")
        finally:
            house.close()


SCENES: tuple[type[Scene], ...] = (BackingUp, Restoring, Rekeying, Upgrading)
