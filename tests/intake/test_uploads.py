"""Files of a form that is not finished yet: kept for a day, claimed once, and never more than there is room for."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.utils import IntegrityError
from PIL import Image

from portal.files.storage import private_storage
from portal.intake import throttle, uploads
from portal.intake.models import Upload
from tests.files.samples import EXE, HTML, PDF, file, pdf, photo, picture
from tests.makers import frozen
from tests.together import together

pytestmark = [pytest.mark.usefixtures("english")]

HERE, THERE = "a" * 32, "b" * 32
ACTIVE = pdf(b"<</S/JavaScript/JS(app.alert\\(1\\))>>", catalog=b"/OpenAction 4 0 R")
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
TOO_MANY = "At most 5 files are accepted. Please leave out what is needed least."
NO_ROOM = (
    "The portal can take no files at the moment. Please send the form without it, and the file later or by post: the "
    "receipt tells where."
)


@pytest.fixture
def token(db):
    return uuid4()


@pytest.fixture
def on_disk(settings):
    """Names of all files on the disk."""
    root = settings.MEDIA_ROOT
    return lambda: {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def keep(token, *files, network=HERE):
    """The sentences of refusal."""
    try:
        uploads.keep(token, files, network=network)
    except ValidationError as refused:
        return refused.messages
    return []


def papers(number, first=0):
    """Different texts."""
    return [file(b"don %d" % at, f"don-{at}.txt") for at in range(first, first + number)]


def heavy(megabytes, name="don.txt", letter=b"a"):
    return file(letter * (megabytes * 1024**2), name)


def titles(token):
    return [row.title for row in uploads.kept(token)]


# --- kept -------------------------------------------------------------------------------------------------------------


def test_a_file_is_kept_under_a_name_of_our_own_and_shown_by_its_own(token, on_disk):
    with frozen(NOON):
        assert keep(token, file(PDF, "Đơn đề nghị.pdf")) == []
    (row,) = uploads.kept(token)
    assert (row.title, row.media_type, row.size, row.created_at) == (
        "Đơn đề nghị.pdf",
        "application/pdf",
        len(PDF),
        NOON,
    )
    assert len(row.sha256) == 64
    assert row.file.name.startswith("tep/2026/") and row.file.name.endswith(".pdf")
    assert on_disk() == {row.file.name}
    assert row.file.read() == PDF


def test_files_belong_to_one_form(token):
    keep(token, file(PDF, "a.pdf"))
    assert list(uploads.kept(uuid4())) == []


def test_a_picture_loses_its_place_and_its_camera(token):
    assert keep(token, photo(orientation=6)) == []
    (row,) = uploads.kept(token)
    with Image.open(row.file) as seen:
        assert (seen.format, dict(seen.getexif()), seen.size) == ("JPEG", {}, (40, 60))
    stored = row.file.storage.open(row.file.name).read()
    assert b"Telephone" not in stored and b"Exif" not in stored
    assert (row.media_type, row.size, row.title) == ("image/jpeg", len(stored), "anh.jpg")


@pytest.mark.parametrize("again", [lambda: file(PDF, "a.pdf"), photo])
def test_the_same_file_again_is_one(again, token, on_disk):
    keep(token, again())
    assert keep(token, again(), again()) == []
    assert (uploads.kept(token).count(), len(on_disk())) == (1, 1)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("C:\\Tài liệu\\đơn.txt", "đơn.txt"),
        ("/giay-to/a/../đơn.txt", "đơn.txt"),
        ("đơn\n\t  mới.txt", "đơn mới.txt"),
        ("Đơ\u0301n.txt", "Đớn.txt"),
        ("đơn\u202etxt.txt", "đơntxt.txt"),
        ("đơn\x00.txt", "đơn.txt"),
        ("§¬n ®Ò nghÞ cña «ng.txt", "Đơn đề nghị của ông.txt"),
        ("đ" * 300 + ".txt", "đ" * 190 + ".txt"),
    ],
)
def test_a_name_is_shown_as_typed_without_path_and_tricks(name, title, token):
    upload = file(b"don", "x.txt")
    upload.name = name
    assert keep(token, upload) == []
    assert titles(token) == [title]


# --- refused ----------------------------------------------------------------------------------------------------------


def test_a_file_that_lies_is_named_and_the_others_are_kept(token, on_disk):
    (sentence,) = keep(token, file(PDF, "tốt.pdf"), file(HTML, "dối.pdf"), photo())
    assert sentence.startswith("dối.pdf: The content of this file does not fit its name")
    assert titles(token) == ["tốt.pdf", "anh.jpg"]
    assert len(on_disk()) == 2


@pytest.mark.parametrize(
    "lie",
    [
        file(EXE, "a.exe"),
        file(HTML, "a.jpg"),
        file(PDF, "a.jpg"),
        file(b"", "a.pdf"),
        file(ACTIVE, "a.pdf"),
    ],
)
def test_what_is_no_paper_leaves_nothing(lie, token, on_disk):
    (sentence,) = keep(token, lie)
    assert sentence.startswith(lie.name)
    assert (titles(token), on_disk()) == ([], set())


def test_eleven_megabytes_are_too_many_and_ten_are_not(token, on_disk):
    (sentence,) = keep(token, heavy(11, "nặng.txt"), heavy(10, "vừa.txt"))
    assert sentence.replace("\xa0", " ") == (
        "nặng.txt: This file has 11,0 MB; at most 10,0 MB are accepted. Please make it smaller and upload it again."
    )
    assert titles(token) == ["vừa.txt"]


def test_twenty_megabytes_are_the_most_together(token):
    assert keep(token, heavy(10, "một.txt", b"a"), heavy(9, "hai.txt", b"b")) == []
    (sentence,) = keep(token, heavy(2, "ba.txt", b"c"), heavy(1, "bốn.txt", b"d"))
    assert sentence.replace("\xa0", " ") == (
        "ba.txt: With this file all files together have 21,0 MB; at most 20,0 MB are accepted. Please leave one out."
    )
    assert titles(token) == ["một.txt", "hai.txt", "bốn.txt"]


def test_the_sixth_file_is_refused_in_one_step_or_in_two(token):
    assert keep(token, *papers(6)) == [f"don-5.txt: {TOO_MANY}"]
    assert keep(token, *papers(1, first=6)) == [f"don-6.txt: {TOO_MANY}"]
    assert titles(token) == [f"don-{at}.txt" for at in range(5)]
    assert keep(token, *papers(1)) == []  # it is there already
    assert keep(uuid4(), *papers(5)) == []


def test_who_takes_one_away_has_room_for_another(token):
    keep(token, *papers(5))
    uploads.drop(token, uploads.kept(token).first().pk)
    assert keep(token, *papers(1, first=5)) == []


def test_a_network_does_not_fill_the_disk(token, monkeypatch, on_disk):
    monkeypatch.setattr(uploads, "OF_ONE_NETWORK", throttle.Limit("intake.files", 2))
    with frozen(NOON):
        assert keep(token, *papers(3)) == [f"don-2.txt: {NO_ROOM}"]
        assert keep(token, *papers(3), network=THERE) == []
    with frozen(NOON + timedelta(hours=1)):
        assert keep(uuid4(), *papers(1)) == []
    assert len(on_disk()) == 4


def test_all_networks_together_do_not_fill_the_disk(token, monkeypatch):
    monkeypatch.setattr(uploads, "ALL_FORMS_MAX_BYTES", 8)
    assert keep(token, *papers(3)) == [f"don-2.txt: {NO_ROOM}"]


# --- taken away, claimed ----------------------------------------------------------------------------------------------


def test_a_file_is_taken_away_with_its_row(token, on_disk):
    keep(token, *papers(2))
    first, second = uploads.kept(token)
    uploads.drop(token, str(first.pk))
    assert list(uploads.kept(token)) == [second]
    assert on_disk() == {second.file.name}


@pytest.mark.parametrize("pk", ["", "abc", "-1", 10**30, "²", None])
def test_nonsense_takes_nothing_away(pk, token):
    keep(token, *papers(1))
    uploads.drop(token, pk)
    assert titles(token) == ["don-0.txt"]


def test_nobody_takes_away_the_file_of_another_form(token):
    keep(token, *papers(1))
    uploads.drop(uuid4(), uploads.kept(token).get().pk)
    assert titles(token) == ["don-0.txt"]


def test_claimed_files_stay_and_their_rows_go(token, on_disk):
    keep(token, file(PDF, "a.pdf"), *papers(1))
    rows = list(uploads.kept(token))
    with transaction.atomic():
        claimed = uploads.claim(token)
    assert claimed == [
        (row.file.name, {"title": row.title, "media_type": row.media_type, "size": row.size, "sha256": row.sha256})
        for row in rows
    ]
    assert on_disk() == {name for name, _facts in claimed}
    assert not Upload.objects.exists()
    with transaction.atomic():
        assert uploads.claim(token) == []


def test_what_is_claimed_by_a_case_that_fails_is_kept(token, on_disk):
    keep(token, *papers(2))
    with pytest.raises(IntegrityError), transaction.atomic():
        uploads.claim(token)
        raise IntegrityError
    assert (len(titles(token)), len(on_disk())) == (2, 2)


def test_files_are_not_kept_in_a_transaction_that_could_take_them_back(transactional_db):
    with pytest.raises(RuntimeError), transaction.atomic():
        uploads.keep(uuid4(), papers(1), network=HERE)


# --- forgotten, killed ------------------------------------------------------------------------------------------------


def test_after_a_day_the_files_of_an_unfinished_form_are_deleted(token, on_disk):
    with frozen(NOON):
        keep(token, *papers(2))
    with frozen(NOON + timedelta(hours=1)):
        keep(token, file(PDF, "a.pdf"))
    with frozen(NOON + timedelta(hours=24)):
        assert uploads.forget() == 0
    with frozen(NOON + timedelta(hours=24, seconds=1)):
        assert uploads.forget() == 2
        assert uploads.forget() == 0
    assert titles(token) == ["a.pdf"]
    assert on_disk() == {uploads.kept(token).get().file.name}


@pytest.fixture
def killed(token, monkeypatch):
    """A row whose process was killed before its file was written."""
    with monkeypatch.context() as patch, frozen(NOON), pytest.raises(KeyboardInterrupt):
        patch.setattr(uploads, "_write", _die)
        keep(token, file(PDF, "a.pdf"))
    return uploads.kept(token).get()


def _die(*arguments):
    raise KeyboardInterrupt


def test_a_process_that_is_killed_leaves_no_file_that_nobody_knows(killed, on_disk):
    assert on_disk() == set()
    with frozen(NOON + timedelta(days=2)):
        assert uploads.forget() == 1
    assert not Upload.objects.exists()


def test_what_a_killed_process_did_not_write_is_not_claimed(killed):
    with transaction.atomic():
        assert uploads.claim(killed.token) == []


def test_who_sends_the_file_again_has_it(killed, on_disk):
    assert keep(killed.token, file(PDF, "a.pdf")) == []
    assert on_disk() == {killed.file.name}
    with transaction.atomic():
        ((name, _facts),) = uploads.claim(killed.token)
    assert name == killed.file.name


def test_a_worker_that_was_killed_after_the_file_goes_on_with_the_row(token, on_disk):
    with frozen(NOON):
        keep(token, *papers(1))
    private_storage().delete(uploads.kept(token).get().file.name)
    with frozen(NOON + timedelta(days=2)):
        assert uploads.forget() == 1
    assert not Upload.objects.exists()


# --- at one moment ----------------------------------------------------------------------------------------------------


def test_a_double_click_keeps_each_file_once(two_connections, on_disk):
    token = uuid4()
    answers = together(*[lambda: keep(token, file(PDF, "a.pdf"), photo(), *papers(1))] * 6)
    assert answers == [[]] * 6
    assert on_disk() == {row.file.name for row in uploads.kept(token)}
    assert titles(token) == ["a.pdf", "anh.jpg", "don-0.txt"]


def test_of_two_who_claim_one_gets_the_files(two_connections):
    token = uuid4()
    keep(token, *papers(3))

    def claim():
        with transaction.atomic():
            return len(uploads.claim(token))

    assert sorted(together(claim, claim, claim)) == [0, 0, 3]


def test_what_is_being_claimed_is_not_forgotten(two_connections, on_disk):
    token = uuid4()
    with frozen(NOON):
        keep(token, *papers(1))

    def claim():
        with transaction.atomic():
            return uploads.claim(token)

    with frozen(NOON + timedelta(days=2)):
        claimed, forgotten = together(claim, uploads.forget)
    assert len(claimed) + forgotten == 1
    assert len(on_disk()) == len(claimed)


def test_no_picture_is_kept_larger_than_it_is_shown(token):
    assert keep(token, picture(size=(3000, 1500))) == []
    with Image.open(uploads.kept(token).get().file) as seen:
        assert seen.size == (1600, 800)
