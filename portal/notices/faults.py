from portal.text.legacy import legacy_encoding
from portal.text.normalise import normalise

LENGTH = 300


def describe(error):
    """Kind and words of an error in one short line that the gate lets through, whatever a foreign server said."""
    line = " ".join(normalise(f"{type(error).__name__}: {error}").split())[:LENGTH]
    return ascii(line)[:LENGTH] if legacy_encoding(line) else line
