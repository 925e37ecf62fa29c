"""A real mail server on this machine: it keeps what it gets and does to an address what the test has told it."""

import asyncio
from contextlib import contextmanager
from email import message_from_bytes, policy
from threading import Thread

from aiosmtpd.smtp import SMTP

HOST = "127.0.0.1"


class MailServer:
    """`received` is a list of (recipients, mail as bytes); what the sets and tables name goes wrong."""

    def __init__(self):
        self.port, self.received = None, []
        self.sender_refused = ""  # the answer to every sender
        self.refused, self.refused_with_text = {}, {}  # address: the answer to it, or the one after the text
        self.dropped = set()  # the connection ends after the text, which is kept
        self.slow, self.pause = set(), 0.3  # seconds before the answer to the text
        self.pause_at_end = 0  # before the answer to QUIT

    def mails(self):
        return [message_from_bytes(_unix(raw), policy=policy.default) for _recipients, raw in self.received]

    def recipients(self):
        return [address for recipients, _raw in self.received for address in recipients]

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.sender_refused:
            return self.sender_refused
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        (address,) = envelope.rcpt_tos
        if address in self.refused_with_text:
            return self.refused_with_text[address]
        self.received.append((envelope.rcpt_tos, envelope.content))
        if address in self.dropped:
            server.transport.close()
        if address in self.slow:
            await asyncio.sleep(self.pause)
        return "250 OK"

    async def handle_QUIT(self, server, session, envelope):
        await asyncio.sleep(self.pause_at_end)
        return "221 Bye"


def _unix(raw):
    return raw.replace(b"\r\n", b"\n")


@contextmanager
def serving():
    """A server with a port of its own, in a thread of its own, until the block ends."""
    server, loop = MailServer(), asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    try:
        door = _within(
            loop, loop.create_server(lambda: SMTP(server, hostname="may-thu", enable_SMTPUTF8=True, loop=loop), HOST, 0)
        )
        server.port = door.sockets[0].getsockname()[1]
        yield server
        _within(loop, _close(door))
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def _within(loop, task):
    return asyncio.run_coroutine_threadsafe(task, loop).result(10)


async def _close(door):
    door.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
