"""The deeds the journal knows, each with what its row names."""

from enum import StrEnum


class Verb(StrEnum):
    """What was done. In brackets: the columns and details a row of this verb carries."""

    ENTRY_PUBLISHED = "entry.published"  # actor, space, entry; detail: kind, root, parent
    ENTRY_EDITED = "entry.edited"  # actor, space, entry; detail: kind, root
    ENTRY_DELETED = "entry.deleted"  # actor, space, entry; detail: kind, root, parent
    ENTRY_RESTORED = "entry.restored"  # actor, space, entry; detail: kind, root, parent
    ENTRY_REACTED = "entry.reacted"  # actor, space, entry; detail: kind, root, reaction or null
    ENTRY_TELLING = "entry.telling"  # actor, space, entry; detail: after, named, root
    ENTRY_SAVED = "entry.saved"  # actor, entry; detail: on
    ENTRY_PINNED = "entry.pinned"  # actor, space, entry; detail: on
    ENTRY_MOVED = "entry.moved"  # actor, space, entry; detail: kind, from, to
    ENTRY_REPORTED = "entry.reported"  # actor, space, entry
    ENTRY_JUDGED = "entry.judged"  # actor, space, entry; detail: outcome
    POST_SCHEDULED = "post.scheduled"  # actor; kept, changed, let go of, or published
    POST_REFUSED = "post.refused"  # person; when its time had come
    THREAD_CHOSEN = "thread.chosen"  # actor, entry; detail: choice
    MENTIONED = "entry.mentioned"  # actor, space, entry, person
    SPACE_CREATED = "space.created"  # actor, space
    SPACE_CHANGED = "space.changed"  # actor, space; detail: openness when it changed
    MEMBER_JOINED = "member.joined"  # actor or none, space, person
    MEMBER_LEFT = "member.left"  # actor or none, space, person
    MEMBER_REMOVED = "member.removed"  # actor, space, person
    MEMBERS_RULED = "members.ruled"  # space; detail: people, left
    MEMBER_ROLE = "member.role"  # actor, space, person; detail: role
    JOIN_ASKED = "join.asked"  # actor, space, person
    JOIN_DECLINED = "join.declined"  # actor, space, person
    JOIN_INVITED = "join.invited"  # actor, space, person
    JOIN_WITHDRAWN = "join.withdrawn"  # actor, space, person
    SPACE_SEEN = "space.seen"  # actor, space
    THREAD_READ = "thread.read"  # actor, space, entry; detail: upto
    ALL_SEEN = "all.seen"  # actor; space if only that
    PERSON_JOINED = "person.joined"  # person
    PERSON_CHANGED = "person.changed"  # actor, person
    PERSON_LEARNT = "person.learnt"  # actor, person
    PERSON_FOLLOWED = "person.followed"  # actor, person
    PERSON_UNFOLLOWED = "person.unfollowed"  # actor, person
    PERSON_DEACTIVATED = "person.deactivated"  # actor, person
    PERSON_REACTIVATED = "person.reactivated"  # actor, person
    PERSON_LEAVING = "person.leaving"  # actor, person; detail: words if what they wrote goes too
    PERSON_STAYING = "person.staying"  # actor, person
    PERSON_ERASED = "person.erased"  # person
    SESSION_ENDED = "session.ended"  # person, session
    ADDRESS_ASKED = "address.asked"  # actor, person
    ADDRESS_CHANGED = "address.changed"  # actor, person
    ADDRESS_STOPPED = "address.stopped"  # actor, person
    FACTOR_ADDED = "factor.added"  # actor, person; detail: factor (app, passkey or codes)
    FACTOR_REMOVED = "factor.removed"  # actor, person; detail: factor
    FACTORS_RESET = "factor.reset"  # actor or none, person
    NOTICE_CHANGED = "notice.changed"  # person; or none, and detail: people
    NOTICE_CHOSEN = "notice.chosen"  # actor
    COMPANY_CHANGED = "company.changed"  # actor
    HALL_CHANGED = "hall.changed"  # actor, space, entry; detail: asking if only that changed
    HALL_OPENED = "hall.opened"  # actor, space, entry
    HALL_ENDED = "hall.ended"  # actor, space, entry
    HALL_ASKED = "hall.asked"  # actor or none, space, entry; detail: question, held
    HALL_QUESTION = "hall.question"  # actor or none, space, entry; detail: question, change, owner
    HALL_TELLING = "hall.telling"  # actor, space, entry; detail: question, change, owner, after
    HALL_POLL = "hall.poll"  # actor, space, entry; detail: poll
    HALL_TALLY = "hall.tally"  # space, entry; detail: questions, polls, cheers
    HALL_PRESENT = "hall.present"  # space, entry; detail: people
    HALL_REMINDED = "hall.reminded"  # space, entry
