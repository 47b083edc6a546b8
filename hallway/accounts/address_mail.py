"""The two mails about a new address: to the new one, and to the old one."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from hallway.accounts.finding import person_with
from hallway.accounts.models import AddressLink
from hallway.company.present import company
from hallway.outbox.kinds import register
from hallway.outbox.letters import Letter, mailed
from hallway.outbox.models import Outgoing

KINDS = {AddressLink.Side.OLD: "address-old", AddressLink.Side.NEW: "address-new"}


def register_mails() -> None:
    """Say how these mails are written."""
    for kind in KINDS.values():
        register(kind, mailed(address))


def address(row: Outgoing) -> Letter | None:
    """The mail for one side of a change, while it may still happen."""
    found = AddressLink.to_mail(row.about["link"])
    if found is None:
        return None
    link, token = found
    is_new = link.side == AddressLink.Side.NEW
    if is_new and person_with(link.wanted):
        return None  # it is somebody's, who need not be told of this
    given = {
        "person": link.person,
        "company": company().name,
        "url": settings.BASE_URL + reverse("account_address_answer", args=[token]),
        "wanted": link.wanted,
        "is_new": is_new,
    }
    with translation.override(link.person.language):
        subject = _("Your new address at %(company)s") % {"company": company().name}
        text = render_to_string("accounts/mail/address.txt", given)
    return Letter(link.wanted if is_new else link.person.email, subject, text)
