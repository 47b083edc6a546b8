"""Town halls as a Django app; adds what their cards and the pages of spaces show."""

from django.apps import AppConfig


class TownHallsConfig(AppConfig):
    name = "hallway.townhalls"
    label = "townhalls"

    def ready(self) -> None:
        """Say what cards and pages of spaces show of town halls, and what deleting one does."""
        from hallway.entries import kinds, removals
        from hallway.entries.actions.erase import last
        from hallway.people import holdings
        from hallway.spaces import sections as spaces
        from hallway.townhalls import held
        from hallway.townhalls.actions.closing import close_deleted, hold_deleted
        from hallway.townhalls.queries import bills_by_number
        from hallway.townhalls.sections import you_asked_in

        kinds.register("townhall", bills_by_number)
        kinds.stay("townhall")
        last("townhall")
        holdings.register(*held.HELD)
        removals.register("townhall", hold_deleted, close_deleted)
        spaces.register(you_asked_in)
