"""A person moves to another e-mail address: asked for, agreed to on both sides, or stopped."""

from hallway.accounts.address_mail import KINDS
from hallway.accounts.finding import person_with
from hallway.accounts.models import AddressLink, Invitation, ResetLink, Session
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.outbox.actions import post
from hallway.people.models import Person


def ask_address(person: Person, wanted: str) -> None:
    """Owe a mail with a link to `wanted` and one to the present address; replaces what was asked.

    Nothing differs where somebody else has the address: it only gets no link, so that nobody
    learns who is here.
    """
    with writing():
        hold(person)
        AddressLink.objects.filter(person=person).delete()
        for side, kind in KINDS.items():
            link = AddressLink(person=person, address=person.email, side=side, wanted=wanted)
            link.renew()  # to be replaced by the token in the mail
            link.save(force_insert=True)
            post(kind, str(person.pk), person=person.pk, link=link.pk)
        record(Verb.ADDRESS_ASKED, actor=person.pk, person=person.pk)


def agree(link: AddressLink) -> bool:
    """Agree on the side of `link`; returns whether both have and the address is the new one now.

    Sessions stay: whoever reads mail on both sides and gave the password is who they were.
    """
    person = link.person
    with writing():
        hold(person)
        AddressLink.objects.filter(pk=link.pk, digest=link.digest).update(agreed=True)
        links = AddressLink.under_way(person)
        if not links or not all(each.agreed for each in links) or person_with(link.wanted):
            return False
        AddressLink.objects.filter(person=person).delete()
        Person.objects.filter(pk=person.pk).update(email=link.wanted)
        for sent in (Invitation, ResetLink):
            sent.end_all(person, by=person.pk)
        record(Verb.ADDRESS_CHANGED, actor=person.pk, person=person.pk)
    person.email = link.wanted
    return True


def stop(link: AddressLink) -> None:
    """Stop it from the old side and sign the person out everywhere: somebody else may be in."""
    with writing():
        hold(link.person)
        AddressLink.objects.filter(person=link.person).delete()
        Session.end_all(link.person, by=link.person_id)
        record(Verb.ADDRESS_STOPPED, actor=link.person_id, person=link.person_id)


def withdraw_address(person: Person) -> None:
    """Take back what one asked for; both links stop working."""
    with writing():
        if AddressLink.objects.filter(person=person).delete()[0]:
            record(Verb.ADDRESS_STOPPED, actor=person.pk, person=person.pk)


def hold(person: Person) -> None:
    """Let nobody else change how `person` signs in until the transaction ends."""
    Person.objects.select_for_update(no_key=True).filter(pk=person.pk).first()
