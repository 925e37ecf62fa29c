"""What makes a PDF more than paper: scripts, programs, attachments. Used by `portal.files.extraction` only."""

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from portal.files.pdf_reading import open_pdf
from portal.files.reading import ACTIVE, EMBEDDED, NO_PAGES, Refused

ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/Rendition", "/RichMediaExecute"}
SCRIPTS = {"/JS", "/JavaScript", "/XFA"}
# what an additional action may wait for
TRIGGERS = {
    *("/E", "/X", "/D", "/U", "/Fo", "/Bl", "/PO", "/PC", "/PV", "/PI"),  # of annotations
    *("/O", "/C"),  # of pages
    *("/K", "/F", "/V"),  # of fields
    *("/WC", "/WS", "/DS", "/WP", "/DP"),  # of the document
}
# what pages are painted with and tagged by: the bulk of a file, and no viewer looks for actions there
PAINT = {"/Contents", "/Resources", "/DR", "/AP", "/Thumb", "/Metadata", "/StructTreeRoot"}


def check(path):
    """The number of pages; raises Refused for none, and for everything a viewer would execute or unpack."""
    reader = open_pdf(path)
    if not len(reader.pages):
        raise Refused(NO_PAGES)
    # pypdf looks for another catalogue where a viewer may be content with the one that the trailer names
    for found in _dictionaries(reader.root_object, reader.trailer):
        if _is_active(found):
            raise Refused(ACTIVE)
        if _carries_files(found):
            raise Refused(EMBEDDED)
    return len(reader.pages)


def _dictionaries(*roots):
    """Every dictionary that can be reached."""
    waiting, seen = list(roots), set()
    while waiting:
        value = waiting.pop()
        if isinstance(value, IndirectObject):
            if (value.idnum, value.generation) in seen:
                continue
            seen.add((value.idnum, value.generation))
            value = value.get_object()
        if isinstance(value, DictionaryObject):
            yield value
            waiting += [part for key, part in value.items() if key not in PAINT and _is_container(part)]
        elif isinstance(value, ArrayObject):
            waiting += filter(_is_container, value)


def _is_container(value):
    return isinstance(value, IndirectObject | DictionaryObject | ArrayObject)


def _is_active(found):
    is_script = not SCRIPTS.isdisjoint(found.keys())
    return is_script or _part(found, "/S") in ACTIVE_ACTIONS or _waits(_part(found, "/AA"))


def _waits(actions):
    return isinstance(actions, DictionaryObject) and any(
        isinstance(_part(actions, trigger), DictionaryObject) for trigger in TRIGGERS & actions.keys()
    )


def _carries_files(found):
    if isinstance(_part(found, "/EF"), DictionaryObject):
        return True
    names = _part(found, "/EmbeddedFiles")
    return isinstance(names, DictionaryObject) and bool(_part(names, "/Names") or _part(names, "/Kids"))


def _part(found, key):
    value = found.get(key)
    return value.get_object() if value is not None else None
