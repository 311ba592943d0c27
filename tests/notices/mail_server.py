"""A real SMTP server in a thread, which can be told to refuse, to fail, or to hold a mail at the door."""

import asyncio
import socket
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller


class Handler:
    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.rcpt_answers: dict[str, str] = {}
        self.data_answer = ""
        self.arrived = threading.Event()
        self.may_pass = threading.Event()
        self.may_pass.set()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        self.arrived.set()
        await asyncio.get_running_loop().run_in_executor(None, self.may_pass.wait)
        if address in self.rcpt_answers:
            return self.rcpt_answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.data_answer:
            return self.data_answer
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients += envelope.rcpt_tos
        return "250 OK"


class MailServer:
    def __init__(self) -> None:
        self.handler = Handler()
        self.port = free_port()
        self._controller = Controller(self.handler, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> "MailServer":
        self._controller.start()
        return self

    def __exit__(self, *exc) -> None:
        self.handler.may_pass.set()
        self._controller.stop()

    @property
    def mails(self) -> list[EmailMessage]:
        return self.handler.mails


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
