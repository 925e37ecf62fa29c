"""Demonstration data: a board for each site, with invented people in every role."""

import json
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from portal.agencies.models import Agency
from portal.editorial.models import Board, Membership

FIXTURES = Path(__file__).parent / "fixtures"
ADMINISTRATOR = ("quantri", "Quản trị hệ thống")


def load(say):
    rows = json.loads((FIXTURES / "demo_boards.json").read_text())
    say(f"{len(rows)} editorial boards, {sum(len(row['members']) for row in rows)} people")
    password = make_password(settings.DEMO_PASSWORD)  # once: hashing is slow on purpose
    username, full_name = ADMINISTRATOR
    _user(username, full_name, password, is_superuser=True)
    for row in rows:
        _load(row, password)


def _load(row, password):
    members, agency = row.pop("members"), Agency.objects.get(code=row.pop("agency"))
    signer = row.pop("signer_title_vi")
    board, new = Board.objects.get_or_create(agency=agency, defaults={"signer": signer, **row})
    if not new:
        return
    for member in members:
        user = _user(member["username"], member["full_name"], password)
        Membership.objects.create(board=board, user=user, role=member["role"], valid_from=board.valid_from)


def _user(username, full_name, password, **fields):
    email = f"{username}@quangngai.example"  # no mail ever arrives under .example
    defaults = {"full_name": full_name, "email": email, "password": password, "is_staff": True, **fields}
    return get_user_model().objects.get_or_create(username=username, defaults=defaults)[0]
