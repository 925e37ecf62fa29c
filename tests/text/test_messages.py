from io import StringIO

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.core.management import CommandError, call_command

from portal.text.management.commands.messages import collect

PYTHON = """
from django.utils.translation import gettext as _, ngettext, npgettext, pgettext

NAME = _("Back office")
COUNT = ngettext("%(count)d document", "%(count)d documents", 2)
MAY = pgettext("month", "May")
DAYS = npgettext("deadline", "%(count)d day", "%(count)d days", 2)
LONG = _("one "
         "two")
IGNORED = print("not a message")
"""
TEMPLATE = """
{% load i18n %}
<h1 title="{% translate '100% “quoted”' %}">gettext("in the text") {{ _("Filter") }}</h1>
{% translate 'May' context "verb" %} {% include "x.html" with title=_("Title") %}
{{ x|default:_("None yet") }}
{% blocktranslate trimmed with name=user.name %}
    Hello {{ name }},
    it's 5% of "x"
{% endblocktranslate %}
{% blocktranslate count n=items|length %}{{ n }} item{% plural %}{{ n }} items{% endblocktranslate %}
{% comment %}{% translate "commented out" %}{% endcomment %}
"""
MESSAGES = {
    (None, "Back office"),
    (None, ("%(count)d document", "%(count)d documents")),
    ("month", "May"),
    ("deadline", ("%(count)d day", "%(count)d days")),
    (None, "one two"),
    (None, "100%% “quoted”"),
    (None, "Filter"),
    ("verb", "May"),
    (None, "Title"),
    (None, "None yet"),
    (None, 'Hello %(name)s, it\'s 5%% of "x"'),
    (None, ("%(n)s item", "%(n)s items")),
}


@pytest.fixture
def project(tmp_path, settings):
    """A project whose only message is `Hello %(name)s`."""
    settings.BASE_DIR = tmp_path
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "views.py").write_text('_("Hello %(name)s")\n')
    (tmp_path / "locale" / "vi" / "LC_MESSAGES").mkdir(parents=True)
    return tmp_path


def catalogue(project):
    return project / "locale" / "vi" / "LC_MESSAGES" / "django.po"


def check():
    """What is wrong with the catalogue, without the first line."""
    with pytest.raises(CommandError) as refusal:
        call_command("messages", "--check")
    return str(refusal.value).splitlines()[1:]


def test_messages_of_code_and_templates_are_found(tmp_path):
    for path, source in {"news/views.py": PYTHON, "templates/news/list.html": TEMPLATE}.items():
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(source)
    assert {(message.context, message.id) for message in collect(tmp_path) if message.id} == MESSAGES


@pytest.mark.parametrize("path", ["tests/news/test_views.py", ".venv/lib/x.py", "var/x.py", "news/notes.html"])
def test_other_files_are_not_read(tmp_path, path):
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text('_("Back office") {% translate "Back office" %}')
    assert len(collect(tmp_path)) == 0


def test_updating_keeps_translations_and_drops_what_is_obsolete(project):
    catalogue(project).write_text(
        'msgid "Hello %(name)s"\nmsgstr "Chào %(name)s"\n\nmsgid "Gone"\nmsgstr "Đã mất"\n\n'
        '#~ msgid "Long gone"\n#~ msgstr "Mất lâu rồi"\n'
    )
    call_command("messages", stdout=StringIO())
    text = catalogue(project).read_text()
    assert 'msgid "Hello %(name)s"\nmsgstr "Chào %(name)s"\n' in text
    assert "gone" not in text.lower()
    assert '"Plural-Forms: nplurals=1; plural=0;\\n"' in text
    call_command("messages", "--check", stdout=StringIO())


def test_updating_twice_changes_nothing(project):
    (project / "news" / "models.py").write_text(PYTHON)
    call_command("messages", stdout=StringIO())
    first = catalogue(project).read_text()
    (project / "news" / "models.py").write_text(f"\n\n\n{PYTHON}")
    call_command("messages", stdout=StringIO())
    assert catalogue(project).read_text() == first


def test_a_message_that_became_a_plural_keeps_its_translation(project):
    catalogue(project).write_text('msgid "%(n)d day"\nmsgstr "%(n)d ngày"\n')
    (project / "news" / "views.py").write_text('ngettext("%(n)d day", "%(n)d days", 2)')
    call_command("messages", stdout=StringIO())
    assert 'msgid_plural "%(n)d days"\nmsgstr[0] "%(n)d ngày"\n' in catalogue(project).read_text()


def test_a_similar_message_is_not_guessed(project):
    catalogue(project).write_text('msgid "Hello %(names)s"\nmsgstr "Chào %(names)s"\n')
    call_command("messages", stdout=StringIO())
    assert check() == ["empty: 'Hello %(name)s'"]


def test_the_catalogue_can_be_compiled(project):
    catalogue(project).write_text('msgid "Hello %(name)s"\nmsgstr "Chào %(name)s"\n')
    call_command("messages", stdout=StringIO())
    compiled = project / "django.mo"
    with catalogue(project).open("rb") as source, compiled.open("wb") as target:
        write_mo(target, read_po(source, locale="vi"))
    assert "Chào %(name)s".encode() in compiled.read_bytes()


def test_check_names_a_missing_message(project):
    assert check() == ["missing: 'Hello %(name)s'"]
    assert not catalogue(project).exists()


@pytest.mark.parametrize(
    ("entries", "faults"),
    [
        ('msgid "Hello %(name)s"\nmsgstr ""', ["empty: 'Hello %(name)s'"]),
        ('#, fuzzy\nmsgid "Hello %(name)s"\nmsgstr "Chào %(name)s"', ["fuzzy: 'Hello %(name)s'"]),
        (
            'msgid "Hello %(name)s"\nmsgstr "Chào %(ten)s"',
            ["other placeholders than in the English text: 'Hello %(name)s'"],
        ),
        ('msgid "Gone"\nmsgstr "Đã mất"', ["missing: 'Hello %(name)s'", "obsolete: 'Gone'"]),
        (
            'msgid "Hello %(name)s"\nmsgstr "Chào %(name)s"\n\n#~ msgid "Gone"\n#~ msgstr "Đã mất"',
            ["obsolete: 'Gone'"],
        ),
        (
            'msgctxt "x"\nmsgid "Hello %(name)s"\nmsgstr "a"',
            ["missing: 'Hello %(name)s'", "obsolete: x | 'Hello %(name)s'"],
        ),
    ],
)
def test_check_names_what_is_wrong(project, entries, faults):
    catalogue(project).write_text(f"{entries}\n")
    assert check() == faults


@pytest.mark.parametrize(
    ("call", "translation", "right"),
    [
        ('_("{count} of {total}")', 'msgid "{count} of {total}"\nmsgstr "{total}, {count}"', True),
        ('_("{count} of {total}")', 'msgid "{count} of {total}"\nmsgstr "{count}"', False),
        ('_("%s done")', 'msgid "%s done"\nmsgstr "xong"', False),
        ('_("%d%% done")', 'msgid "%d%% done"\nmsgstr "xong %d%%"', True),
        (
            'ngettext("One day", "%(n)d days", n)',
            'msgid "One day"\nmsgid_plural "%(n)d days"\nmsgstr[0] "%(n)d ngày"',
            True,
        ),
        (
            'ngettext("One day", "%(n)d days", n)',
            'msgid "One day"\nmsgid_plural "%(n)d days"\nmsgstr[0] "ngày"',
            False,
        ),
    ],
)
def test_placeholders_are_those_of_the_english_text(project, call, translation, right):
    (project / "news" / "views.py").write_text(f"{call}\n")
    catalogue(project).write_text(f"{translation}\n")
    if right:
        call_command("messages", "--check", stdout=StringIO())
    else:
        assert len(check()) == 1


@pytest.mark.parametrize("text", ["Đ", "Ủy ban", "tỉnh Quảng Ngãi"])
def test_vietnamese_letters_in_the_english_text_are_named(project, text):
    (project / "news" / "views.py").write_text(f'_("{text}")\n')
    catalogue(project).write_text(f'msgid "{text}"\nmsgstr "{text}"\n')
    assert check() == [f"the English text has Vietnamese letters: {text!r}"]
