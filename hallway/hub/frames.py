"""From a deed to what it changes on open screens, drawn with the pages' own partials.

Only what is neutral goes to a space's or author's topic; a person's own topic carries their
bell and menu. Every change is idempotent: a screen that gets it twice stays true.
"""

from collections.abc import Callable, Sequence

from hallway.hub import frames_of_entries as entries
from hallway.hub import frames_of_halls as halls
from hallway.hub import frames_of_people as people
from hallway.hub import frames_of_threads as threads
from hallway.hub.drawn import Drawn
from hallway.journal.reader import Deed
from hallway.journal.verbs import Verb

DRAWERS: dict[str, Callable[[Deed], Sequence[Drawn]]] = {
    Verb.ENTRY_PUBLISHED: entries.published,
    Verb.ENTRY_EDITED: halls.entry_edited,
    Verb.ENTRY_REACTED: entries.reacted,
    Verb.ENTRY_MOVED: entries.moved,
    Verb.ENTRY_PINNED: entries.pinned,
    Verb.ENTRY_SAVED: entries.put_by,
    Verb.POST_SCHEDULED: entries.scheduled,
    Verb.POST_REFUSED: entries.scheduled,
    Verb.ENTRY_REPORTED: entries.judged,
    Verb.ENTRY_JUDGED: entries.judged,
    Verb.ENTRY_DELETED: halls.entry_deleted,
    Verb.ENTRY_RESTORED: halls.entry_restored,
    Verb.SPACE_CHANGED: people.space_changed,
    Verb.MEMBER_JOINED: people.membership,
    Verb.MEMBER_LEFT: people.membership,
    Verb.MEMBER_REMOVED: people.removed,
    Verb.MEMBERS_RULED: people.ruled,
    Verb.MEMBER_ROLE: people.membership,
    Verb.JOIN_ASKED: people.membership,
    Verb.JOIN_DECLINED: people.membership,
    Verb.JOIN_INVITED: people.membership,
    Verb.JOIN_WITHDRAWN: people.membership,
    Verb.SPACE_SEEN: people.seen,
    Verb.THREAD_READ: threads.read,
    Verb.ALL_SEEN: people.all_seen,
    Verb.PERSON_CHANGED: people.person_changed,
    Verb.PERSON_DEACTIVATED: people.person_changed,
    Verb.PERSON_REACTIVATED: people.person_changed,
    Verb.PERSON_FOLLOWED: people.followed,
    Verb.PERSON_UNFOLLOWED: people.followed,
    Verb.NOTICE_CHANGED: people.notice,
    Verb.HALL_CHANGED: halls.changed,
    Verb.HALL_OPENED: halls.opened,
    Verb.HALL_ENDED: halls.ended,
    Verb.HALL_ASKED: halls.question_asked,
    Verb.HALL_QUESTION: halls.question_changed,
    Verb.HALL_POLL: halls.poll_changed,
    Verb.HALL_TALLY: halls.counted,
    Verb.HALL_PRESENT: halls.present,
}

UNSEEN: dict[str, str] = {
    Verb.ENTRY_TELLING: "the notifications made of it ring by themselves",
    Verb.NOTICE_CHOSEN: "it changes what is told from now on, not what is shown",
    Verb.THREAD_CHOSEN: "it stands in menus only, which are read when they open",
    Verb.MENTIONED: "the notification made of it rings by itself",
    Verb.SPACE_CREATED: "its founder joins it; others are offered it on their next page",
    Verb.PERSON_LEARNT: "only the next pages of whoever learnt it are without the hint",
    Verb.PERSON_JOINED: "nothing of theirs is on any screen yet; lists show them when read anew",
    Verb.HALL_TELLING: "the notifications made of it ring by themselves",
    Verb.HALL_REMINDED: "the notification made of it rings by itself",
    Verb.PERSON_LEAVING: "their deactivation, written with it, is told",
    Verb.PERSON_STAYING: "their coming back, written with it, is told",
    Verb.PERSON_ERASED: "they have been away for a week; pages say so when they are read anew",
    Verb.COMPANY_CHANGED: "it holds from the next page on",
    Verb.ADDRESS_ASKED: "it is on the way by mail",
    Verb.ADDRESS_CHANGED: "an address stands on no page but the person's own settings",
    Verb.ADDRESS_STOPPED: "an address stands on no page but the person's own settings",
    Verb.FACTOR_ADDED: "how somebody signs in stands on no page but their own settings",
    Verb.FACTOR_REMOVED: "how somebody signs in stands on no page but their own settings",
    Verb.FACTORS_RESET: "how somebody signs in stands on no page but their own settings",
    Verb.SESSION_ENDED: "its screens are closed, which is no drawing",
}
"""Deeds that change nothing on the screens that are open, each with the reason."""


def frames_of(deed: Deed) -> Sequence[Drawn]:
    """What `deed` changes on open screens; empty for deeds nobody sees.

    Runs in the drawing thread and reads the database as it is now, which may be later than the
    deed: what has been deleted since is not drawn any more.
    """
    drawer = DRAWERS.get(deed.verb)
    return drawer(deed) if drawer else ()
