"""Town halls as a Django app; adds what their cards and the pages of spaces show."""

from django.apps import AppConfig


class TownHallsConfig(AppConfig):
    name = "hallway.townhalls"
    label = "townhalls"

    def ready(self) -> None:
        """Say what cards of town halls show, and what came of questions in the page of a space."""
        from hallway.entries import kinds
        from hallway.spaces import sections as spaces
        from hallway.townhalls.queries import bills_by_number
        from hallway.townhalls.sections import you_asked_in

        kinds.register("townhall", bills_by_number)
        spaces.register(you_asked_in)
