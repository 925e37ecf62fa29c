"""Who may do what to an item: the one place that answers.

Rights come from a membership valid today on a board in force of the agency that owns the item (Article 15). They are
not Django permissions. Platform tables (agencies, sites, accounts) stay with Django's own permissions.
"""

from datetime import UTC, datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import DateTimeField, Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.agencies.models import Agency
from portal.editorial.models import AuditEvent, Board, Membership
from portal.editorial.roles import BESIDE_THE_BOARD, Role, State

_BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)
_ANY = frozenset(State)
_OPEN = frozenset({State.DRAFT, State.SUBMITTED})
_DRAFT = frozenset({State.DRAFT})
_SUBMITTED = frozenset({State.SUBMITTED})
_APPROVED = frozenset({State.APPROVED})
_PUBLISHED = frozenset({State.PUBLISHED})


def _roles(states, *roles):
    return dict.fromkeys(roles, states)


_HEADS = (Role.HEAD, Role.DEPUTY)
_BOARD = (Role.HEAD, Role.DEPUTY, Role.MEMBER)
_EDITORS = (*_BOARD, Role.SECRETARY, Role.EDITOR)
_WRITERS = (*_EDITORS, Role.REPORTER)

# action -> role -> states in which the role may do it. A reporter's rights reach own items only. "propose" is a
# change of any text of a public item, "revise" one of its translation at least, "inspect" reads the site's audit.
# "pause" and "waive" are about what an item owes under Article 9, "show" is for documents of others on one's own site.
# "answer_report" is about errors that readers report. "sort_case", "answer_case" and "sign_case" are about what people
# ask: who classifies and forwards it, drafts the answer, signs it. A superuser has none of them.
RIGHTS = {
    "view": _roles(_ANY, *Role),
    "inspect": _roles(_ANY, *_HEADS, Role.SECRETARY, Role.INSPECTOR),
    "create": _roles(_ANY, *_WRITERS),
    "edit": _roles(_OPEN, *_EDITORS) | _roles(_DRAFT, Role.REPORTER),
    "translate": _roles(_OPEN, *_EDITORS, Role.TRANSLATOR) | _roles(_DRAFT, Role.REPORTER),
    "delete": _roles(_DRAFT, *_WRITERS),
    "submit": _roles(_DRAFT, *_WRITERS),
    "return": _roles(_SUBMITTED, *_EDITORS),
    "approve": _roles(_SUBMITTED, *_BOARD),
    "publish_urgently": _roles(_OPEN, *_HEADS),
    "check": _roles(_PUBLISHED | {State.ARCHIVED}, *_BOARD),
    "recall": _roles(_APPROVED, *_BOARD),
    "propose": _roles(_PUBLISHED, *_EDITORS),
    "revise": _roles(_PUBLISHED, *_EDITORS, Role.TRANSLATOR),
    "correct": _roles(_PUBLISHED, *_BOARD),
    "withdraw": _roles(_PUBLISHED | {State.ARCHIVED}, *_HEADS),
    "archive": _roles(_PUBLISHED, *_BOARD, Role.SECRETARY, Role.EDITOR),
    "reopen": _roles({State.WITHDRAWN}, *_HEADS),
    "restore": _roles({State.ARCHIVED}, *_HEADS),
    "show": _roles(_ANY, *_EDITORS),
    "pause": _roles(_ANY, *_HEADS),
    "waive": _roles(_ANY, *_HEADS),
    "answer_report": _roles(_ANY, *_EDITORS),
    "sort_case": _roles(_ANY, *_EDITORS),
    "answer_case": _roles(_ANY, *BESIDE_THE_BOARD),
    "sign_case": _roles(_ANY, Role.SIGNATORY),
}

OWN_ITEMS_ONLY = frozenset({Role.REPORTER})
# The second pair of eyes: these are refused to whoever wrote, changed or submitted the item (Article 5.4).
FOUR_EYES = frozenset({"approve", "check"})


class UnknownAction(LookupError):
    """The action is not in the table: a programming error, never an answer."""


def memberships(user):
    """The person's memberships valid today, read once for each user object."""
    if not (user.is_authenticated and user.is_active):
        return []
    if getattr(user, "_memberships", None) is None:
        rows = Membership.objects.in_force().filter(user=user).select_related("board__agency")
        user._memberships = list(rows)
        user._succeeded = _succeeded([row.board for row in rows if not row.board.is_in_force()])
    return user._memberships


def _succeeded(boards):
    """The agencies that have another board in force: their former board reads no more."""
    if not boards:
        return set()
    rows = Board.objects.in_force().filter(agency__in=[board.agency_id for board in boards])
    return set(rows.values_list("agency_id", flat=True))


def forget(user):
    """Makes the next question read the memberships again; asked before anything is changed."""
    user._memberships = None


def _entitled(user, action):
    """Memberships whose role has the action. Reading outlives the board until another one follows it; everything
    else needs it in force."""
    if action not in RIGHTS:
        raise UnknownAction(action)
    rows = [row for row in memberships(user) if row.role in RIGHTS[action]]
    return [row for row in rows if row.board.is_in_force() or (action == "view" and _still_reads(user, row.board))]


def _still_reads(user, board):
    return board.valid_from <= timezone.localdate() and board.agency_id not in user._succeeded


def agencies(user, action="create"):
    """The agencies for whose sites the person may do the action in some state."""
    return Agency.objects.filter(pk__in={row.board.agency_id for row in _entitled(user, action)})


def lapsed(user, action):
    """{agency's key: why} of the sites for which the person had the action until a day that has passed."""
    held = {row.board.agency_id for row in _entitled(user, action)}
    rows = Membership.objects.filter(user=user.pk, role__in=RIGHTS[action]).select_related("board")
    ended = [row for row in rows if row.last_day and row.last_day < timezone.localdate()]
    ended.sort(key=lambda row: row.last_day)
    return {row.board.agency_id: _ended(row) for row in ended if row.board.agency_id not in held}


def _ended(row):
    if row.last_day == row.board.valid_to:
        return _board_out_of_force(row.board)
    return _("Your place on the editorial board of this site was valid until %(date)s (Article 15).") % {
        "date": f"{row.last_day:%d/%m/%Y}"
    }


def scope(user, queryset, action="view"):
    """The rows of `queryset` to which the person may do the action. A superuser reads everything, and no more."""
    return queryset.filter(_reach(user, queryset, action))


def scope_any(user, queryset, actions):
    """The rows to which the person may do at least one of the actions."""
    reach = Q(pk__in=[])
    for action in actions:
        reach |= _reach(user, queryset, action)
    return queryset.filter(reach)


def _reach(user, queryset, action):
    rows = _entitled(user, action)
    if action == "view" and user.is_active and user.is_superuser:
        return Q()
    condition = Q(pk__in=[])
    for row in rows:
        own = Q(created_by=user.pk) if row.role in OWN_ITEMS_ONLY else Q()
        condition |= Q(agency=row.board.agency_id) & own & queryset.state_condition(RIGHTS[action][row.role])
    return condition & _open_to(user, action, queryset.model)


def _open_to(user, action, model):
    """What the item's own story allows to the person; `refusal` says the same in sentences."""
    if action == "delete":
        return Q(first_published_at=None)
    hands = ["created_by", "last_edited_by", "submitted_by"] if action in FOUR_EYES else []
    hands += ["approved_by"] if action == "check" else []
    mine = Q(*[~Q((name, user.pk)) for name in hands])
    return mine & ~Exists(_changes_by(user, model, OuterRef("pk"), OuterRef("withdrawn_at"))) if hands else mine


def _changes_by(user, model, pk, withdrawn_at):
    """The audit of what the person wrote in an item since it was last public."""
    since = Coalesce(withdrawn_at, Value(_BEFORE_ALL), output_field=DateTimeField())
    events = AuditEvent.objects.filter(content_type=ContentType.objects.get_for_model(model), object_id=pk)
    return events.filter(actor=user.pk, action__in=["create", "edit"], at__gt=since)


def can(user, action, item):
    return not refusal(user, action, item)


def refusal(user, action, item):
    """Why the person may not do the action to the item: a sentence, empty when they may."""
    rows = _entitled(user, action)
    if action == "view" and user.is_active and user.is_superuser:
        return ""
    rows = [row for row in rows if row.board.agency_id == item.agency_id]
    if not rows:
        return _no_right(user, item, action)
    rows = [row for row in rows if row.role not in OWN_ITEMS_ONLY or item.created_by_id == user.pk]
    if not rows:
        return _("Reporters may do this to their own items only.")
    if not any(item.current_state in RIGHTS[action][row.role] for row in rows):
        return _("This cannot be done while the item is “%(state)s”.") % {"state": State(item.current_state).label}
    if action == "delete" and item.first_published_at:
        return _("What was once public is never deleted; it can be withdrawn or archived.")
    return _one_pair_of_eyes(user, item, action)


def _no_right(user, item, action):
    boards = [row.board for row in memberships(user) if row.board.agency_id == item.agency_id]
    if boards and not any(board.is_in_force() for board in boards):
        return _board_out_of_force(max(boards, key=lambda board: board.valid_from))
    return _one_pair_of_eyes(user, item, action) or _(
        "Your role on the editorial board of this site does not include this action."
    )


def _board_out_of_force(board):
    if board.valid_from > timezone.localdate():
        return _(
            "The editorial board is not in force yet: decision %(number)s takes effect on %(date)s (Article 15)."
        ) % {
            "number": board.decision_number,
            "date": f"{board.valid_from:%d/%m/%Y}",
        }
    return _(
        "The editorial board is not in force: decision %(number)s was valid until %(date)s. "
        "A new decision must be entered before anything can be changed or published (Article 15)."
    ) % {"number": board.decision_number, "date": f"{board.valid_to:%d/%m/%Y}"}


def _one_pair_of_eyes(user, item, action):
    """Why this person is no second pair of eyes for the item, if the action needs one."""
    if action not in FOUR_EYES:
        return ""
    if user.pk == item.created_by_id:
        return _("You wrote this item. Another member of the board must approve it (Article 5.4).")
    if user.pk == item.last_edited_by_id:
        return _("You were the last to edit this item. Another member of the board must approve it (Article 5.4).")
    if user.pk == item.submitted_by_id:
        return _("You submitted this item. Another member of the board must approve it (Article 5.4).")
    if action == "check" and user.pk == item.approved_by_id:
        return _("You published this item urgently. Another member of the board must check it (Article 5.4).")
    if _changes_by(user, type(item), item.pk, Value(item.withdrawn_at)).exists():
        return _("You changed this item on its way. Another member of the board must approve it (Article 5.4).")
    return ""
