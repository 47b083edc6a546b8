"""What a new openness means, said in numbers before it is done."""

from django.utils.translation import gettext as _

from hallway.spaces.models import Space


def consequence(was: str, will_be: str, before: int, after: int) -> str:
    """Who gains or loses sight when openness goes from `was` to `will_be`.

    `before` and `after` are the numbers of people who may read. Returns plain sentences.
    """
    if will_be == Space.Openness.OPEN:
        words = _(
            "All employees will be able to read everything here, also what is written already: "
            "%(after)d people instead of %(before)d. Open requests end: anybody may join."
        )
    elif will_be == Space.Openness.CLOSED and was == Space.Openness.SECRET:
        words = _(
            "All employees will see the name and the description and can ask to join. "
            "Reading stays with the members: %(after)d people."
        )
    elif will_be == Space.Openness.CLOSED:
        words = _(
            "Only members will be able to read, also what is written already: %(after)d people "
            "instead of %(before)d. All employees still see the name and can ask to join."
        )
    elif was == Space.Openness.CLOSED:
        words = _(
            "Who does not belong can no longer find this space, and open requests end. "
            "Reading stays with the members: %(after)d people. Its name was known until now, and "
            "its address stays."
        )
    else:
        words = _(
            "Only members will be able to read, also what is written already: %(after)d people "
            "instead of %(before)d. Everybody else can no longer find this space. Its name was "
            "known until now, and its address stays."
        )
    return words % {"before": before, "after": after}
