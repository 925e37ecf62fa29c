from qa.models.case import Case, CaseFile, Kind, Note, State
from qa.models.exchange import Answer, Clarification, Extension, Rating, Reopening
from qa.models.question import Question
from qa.models.tables import Paragraph, Term

__all__ = [
    "Answer",
    "Case",
    "CaseFile",
    "Clarification",
    "Extension",
    "Kind",
    "Note",
    "Paragraph",
    "Question",
    "Rating",
    "Reopening",
    "State",
    "Term",
]
