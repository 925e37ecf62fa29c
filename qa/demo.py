"""Demonstration data: what people asked, at every stage of its way, each led there by the ordinary steps.

Only the time is invented: each step is taken at its own moment of the past weeks and months, counted in working days
back from today, so that what is near its date, overdue or kept is so on whatever day it is loaded.
"""

import json
import zlib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from unittest import mock
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone, translation

from documents.models import Document, Sector
from portal.agencies.models import Agency
from portal.editorial.roles import Role
from portal.intake.seed import seed as seed_intake
from portal.notices.models import Message
from portal.publishing import bygone, editing
from portal.publishing.workflow import carry_out
from portal.text.personal import mask
from portal.workdays.calendars import add_working_days, read_calendar
from qa import afterwards, answering, clock, desk, privacy, publication, receiving, routing
from qa.masking import hide
from qa.models import Case
from qa.seed import seed

FIXTURES = Path(__file__).parent / "fixtures"
FACTS = ("kind", "subject", "text", "place", "name", "email", "phone", "address")
OPENS, WORKS = 8, 8  # the offices, and for how many hours
AT_ONCE = timedelta(minutes=25)  # between two steps of one day
UNDERWAY = timedelta(minutes=1)  # of a letter


def load(say):
    seed()
    seed_intake()
    known = set(Case.objects.values_list("token", flat=True))
    rows = {row["key"]: row for row in read() if token(row) not in known}
    say(f"{len(rows)} questions and petitions")
    people = People()
    for moment, key, step in _in_order(rows.values()):
        with at(moment):
            people.take(rows[key], step)
            Message.objects.unsent().filter(created_at=moment).update(sent_at=moment + UNDERWAY)


def read():
    return json.loads((FIXTURES / "demo_cases.json").read_text())


def token(row):
    return uuid5(NAMESPACE_URL, f"demonstration/{row['key']}")


# --- time -------------------------------------------------------------------------------------------------------------


def at(moment):
    """Within the block it is `moment`."""
    return mock.patch.object(timezone, "now", return_value=moment)


def _in_order(rows):
    """[(moment, key of the case, step)] of all cases, the first first."""
    calendar, today = read_calendar(), timezone.localdate()
    steps = [
        (moment, row["key"], number, step)
        for row in rows
        for number, (moment, step) in enumerate(moments(row, today, calendar))
    ]
    return [(moment, key, step) for moment, key, _number, step in sorted(steps, key=lambda step: step[:3])]


def moments(row, today, calendar):
    """(moment, step) from the receipt on: "ago" and "after" in working days, "days" in days of the calendar."""
    day = date.fromordinal(calendar.find(calendar.count(today.toordinal()) - row["ago"]))
    moment = _moment(day, time.fromisoformat(row["at"]))
    yield moment, {"do": "receive"}
    for number, step in enumerate(row["steps"]):
        if "days" in step:
            day += timedelta(days=step["days"])
        else:
            day = add_working_days(day, step.get("after", 0), calendar=calendar)
        minutes = zlib.crc32(f"{row['key']} {number}".encode()) % (60 * WORKS)
        wanted = _moment(day, time(OPENS + minutes // 60, minutes % 60))
        moment = max(wanted, moment + AT_ONCE)
        yield moment, step


def _moment(day, hour):
    return timezone.make_aware(datetime.combine(day, hour))


# --- steps ------------------------------------------------------------------------------------------------------------


class People:
    """Takes the steps of the fixture in the names of senders, boards and agencies."""

    def __init__(self):
        self.people = bygone.people()
        self.agencies = {agency.code: agency for agency in Agency.objects.select_related("site")}
        self.sites = {agency.site.label: agency for agency in self.agencies.values() if hasattr(agency, "site")}
        self.sectors = {sector.code: sector for sector in Sector.objects.all()}
        self.documents = {document.number: document for document in Document.objects.only("number")}

    def take(self, row, step):
        if step["do"] == "receive":
            return self.receive(row)
        case = Case.objects.select_related("receiver", "agency", "reopening").get(token=token(row))
        return getattr(self, step["do"])(case, row, step)

    def editor(self, case):
        return bygone.editor(self.people[case.receiver_id])

    def respondent(self, case):
        return self.people[case.agency_id][Role.RESPONDENT][0]

    def signatory(self, case):
        return self.people[case.agency_id][Role.SIGNATORY][0]

    def whoever_holds(self, case):
        return self.respondent(case) if case.agency_id else self.editor(case)

    def receive(self, row):
        facts = {name: row[name] for name in FACTS}
        facts |= {"sector": self.sectors.get(row["sector"]), "named_agency": self.agencies.get(row["named_agency"])}
        agreed = [*receiving.ALWAYS, *row["agreed"]]
        with translation.override(row["language"]):
            receiving.receive(self.sites[row["site"]], token=token(row), agreed=agreed, **facts)

    # --- the board

    def forward(self, case, row, step):
        facts = {"reason": step["reason"], "concerns_all": row["concerns_all"]}
        routing.forward(case, self.agencies[step["to"]], by=self.editor(case), **facts)

    def out_of_scope(self, case, row, step):
        facts = {name: step[name] for name in ("reason", "competent_body")}
        routing.declare_out_of_scope(case, by=self.editor(case), **facts)

    def discard(self, case, row, step):
        routing.discard(case, by=self.editor(case), reason=step["reason"])

    def merge(self, case, row, step):
        main = Case.objects.get(token=token({"key": step["main"]}))
        facts = {name: step[name] for name in ("reason", "same_sender")}
        routing.merge(case, main, by=self.editor(case), **facts)

    # --- the agency

    def give_back(self, case, row, step):
        routing.give_back(case, by=self.respondent(case), reason=step["reason"])

    def note(self, case, row, step):
        desk.note(case, by=self.whoever_holds(case), text=step["text"])

    def write(self, case, row, step):
        cited = [self.documents[number] for number in step.get("documents", ()) if number in self.documents]
        interprets_law = bool(step.get("interprets_law") and cited)
        facts = {"text": step["text"], "documents": cited, "interprets_law": interprets_law}
        answering.write(case, by=self.respondent(case), **facts)

    def submit(self, case, row, step):
        answering.submit(case, by=self.respondent(case))

    def send_back(self, case, row, step):
        answering.send_back(case, by=self.signatory(case), reason=step["reason"])

    def sign(self, case, row, step):
        answering.sign(case, by=self.signatory(case))

    def extend(self, case, row, step):
        person = self.signatory(case) if case.is_extended else self.respondent(case)
        answering.extend(case, _promised(case, step["promised"]), by=person, words=step["words"])

    def complex(self, case, row, step):
        """Where nobody has entered the time limits of the law there is nothing to declare."""
        if clock.codes(case, timezone.localdate(case.received_at)) == [clock.INFORM]:
            answering.declare_complex(case, by=self.respondent(case), words=step["words"])

    def ask_back(self, case, row, step):
        answering.ask_back(case, by=self.whoever_holds(case), words=step["words"])

    # --- the sender

    def reply(self, case, row, step):
        number = case.clarifications.count()
        answering.reply(case, text=step["text"], token=token({"key": f"{row['key']}/{number}"}))

    def no_reply(self, case, row, step):
        answering.end_waiting()

    def rate(self, case, row, step):
        afterwards.rate(case.answer, satisfied=step["satisfied"], words=step["words"])

    def reopen(self, case, row, step):
        afterwards.reopen(case, words=step["words"])

    def withdraw(self, case, row, step):
        privacy.withdraw(case)

    def withdraw_consent(self, case, row, step):
        privacy.withdraw_consent(case, step["code"])

    def erase(self, case, row, step):
        privacy.erase(case)

    # --- the public version

    def prepare(self, case, row, step):
        shown, editor = row["public"], self.editor(case)
        masked, texts = _masked(case, row)
        texts |= {name: shown[name] for name in publication.TEXTS if name in shown}
        question = publication.prepare(case, by=editor, texts=texts, masked=masked)
        if english := shown.get("en"):
            for name, text in english.items():
                setattr(question, f"{name}_en", text)
            question.full_clean()
            editing.store(question, by=self._translator(case))

    def _translator(self, case):
        board = self.people[case.receiver_id]
        return (board[Role.TRANSLATOR] or [bygone.editor(board)])[0]

    def submit_public(self, case, row, step):
        carry_out("submit", case.question, by=self.editor(case), declared=True)

    def approve_public(self, case, row, step):
        carry_out("approve", case.question, by=bygone.head(self.people[case.receiver_id]), declared=True)


def _promised(case, days):
    """So many working days after the receipt, for complex information not later than the law allows."""
    counted = add_working_days(timezone.localdate(case.received_at), days, calendar=read_calendar())
    return min(filter(None, [counted, clock.latest_promise(case)]))


def _masked(case, row):
    """What the editor ticks and names, and the texts without it."""
    found = publication.suggestions(case)
    named = [(kind, words) for kind, words in row["public"].get("hide", ())]
    masked = [*((finding.kind, finding.text) for findings in found.values() for finding in findings), *named]
    texts = {name: mask(text, found[name]) for name, text in publication.originals(case).items()}
    return masked, {name: hide(text, named) for name, text in texts.items()}
