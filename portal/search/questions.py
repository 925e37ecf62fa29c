"""What a question in whole sentences is about: its words without those that every question has."""

from portal.search.query import Query, Term, Wording
from portal.search.tokens import folded_words, typed_words

LONGEST_TEXT = 4000  # characters that are read
MOST_WORDS = 40
COURTESY = """
    tôi chúng em anh chị ông bà cháu bác quý xin hỏi cho kính gửi thưa chào cảm ơn mong nhờ giúp trả lời
    với thì là và của có không được như thế nào gì bao nhiêu mấy ở đâu khi muốn cần phải để này đó kia ra sao tại trên
    trong theo về các những một hai bị đã sẽ đang hiện nay vậy ạ rồi mà nếu vì do từ đến hay hoặc thì cũng rất biết
    a an the of to in on at for from with by i we you my our your is are was be do does did have has can could may
    should would how what where when which who why and or if not please dear hello thank thanks know want need
"""
EVERYWHERE = set(COURTESY.split())


def about(text):
    """The query of a question; an empty one where it says nothing."""
    typed = typed_words(text[:LONGEST_TEXT])
    known = EVERYWHERE if typed != folded_words(typed) else set(folded_words(EVERYWHERE))
    kept = tuple([word for word in typed if word not in known][:MOST_WORDS])
    return Query(text=" ".join(kept), terms=(Term((Wording(kept),)),) if kept else ())
