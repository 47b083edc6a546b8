"""A person says where else they are to be found."""

from collections.abc import Sequence

from hallway.core.text import clean_name
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.links import web_address
from hallway.people.models import OwnLink, Person
from hallway.people.models.link import MOST_LINKS

MAX_LABEL = 60


def change_links(person: Person, links: Sequence[tuple[str, str]], *, by: Person) -> bool:
    """Show these links (label, address), in this order, instead of those before.

    Returns whether they are others. At most five are kept. Raises `people.links.NoWebAddress`.
    """
    wanted = [
        (clean_name(label)[:MAX_LABEL].strip(), web_address(address)) for label, address in links
    ][:MOST_LINKS]
    with writing():
        # Two forms sent at once come one after the other.
        Person.objects.select_for_update(no_key=True).only("pk").get(pk=person.pk)
        held = OwnLink.objects.filter(person=person)
        if list(held.values_list("label", "address")) == wanted:
            return False
        held.delete()
        OwnLink.objects.bulk_create(
            OwnLink(person=person, place=place, label=label, address=address)
            for place, (label, address) in enumerate(wanted)
        )
        record(Verb.PERSON_CHANGED, actor=by.pk, person=person.pk)
    return True
