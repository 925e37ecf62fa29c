"""The words that every question has: they do not say what it is about."""

COURTESY = """
    tôi chúng em anh chị ông bà cháu bác quý xin hỏi cho kính gửi thưa chào cảm ơn mong nhờ giúp trả lời
    với thì là và của có không được như thế nào gì bao nhiêu mấy ở đâu khi muốn cần phải để này đó kia ra sao tại trên
    trong theo về các những một hai bị đã sẽ đang hiện nay vậy ạ rồi mà nếu vì do từ đến hay hoặc thì cũng rất biết
    a an the of to in on at for from with by i we you my our your is are was be do does did have has can could may
    should would how what where when which who why and or if not please dear hello thank thanks know want need
"""
EVERYWHERE = set(COURTESY.split())
ASKING = {"gì", "nào", "đâu", "sao", "nhiêu", "mấy"}
SHORTEST_QUESTION = 5  # words


def asks(text, typed):
    """Whether it is a question in a sentence."""
    return len(typed) >= SHORTEST_QUESTION and (text.rstrip().endswith("?") or not ASKING.isdisjoint(typed))
