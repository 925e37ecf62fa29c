"""What mail servers send back, as they write it. LETTER stands for the Message-ID of the letter that is meant."""

import base64
import quopri

HEADERS = """\
Content-Type: multipart/alternative; boundary="===============1=="
MIME-Version: 1.0
Subject: =?utf-8?b?xJDDoyB0aeG6v3Agbmjhuq1uIGPDonUgaOG7j2k=?=
From: khong-tra-loi@quangngai.gov.vn
To: nguoi.dan@vidu.vn
Date: Tue, 10 Mar 2026 02:00:00 -0000
Message-ID: LETTER
Auto-Submitted: auto-generated
Content-Language: vi
"""

POSTFIX = f"""\
From MAILER-DAEMON  Tue Mar 10 09:00:05 2026
Return-Path: <>
Received: by mail.quangngai.gov.vn (Postfix)
\tid 4B2C1A0; Tue, 10 Mar 2026 09:00:05 +0700 (+07)
Date: Tue, 10 Mar 2026 09:00:05 +0700 (+07)
From: MAILER-DAEMON@mail.quangngai.gov.vn (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: khong-tra-loi@quangngai.gov.vn
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4B2C19F.1773108005/mail.quangngai.gov.vn"
Content-Transfer-Encoding: 8bit
Message-Id: <20260310020005.4B2C1A0@mail.quangngai.gov.vn>

This is a MIME-encapsulated message.

--4B2C19F.1773108005/mail.quangngai.gov.vn
Content-Description: Notification
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

This is the mail system at host mail.quangngai.gov.vn.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<nguoi.dan@vidu.vn>: host mx.vidu.vn[203.0.113.7] said: 550 5.1.1
    <nguoi.dan@vidu.vn>: Recipient address rejected: Không có người nhận này
    (in reply to RCPT TO command)

--4B2C19F.1773108005/mail.quangngai.gov.vn
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.quangngai.gov.vn
X-Postfix-Queue-ID: 4B2C19F
X-Postfix-Sender: rfc822; khong-tra-loi@quangngai.gov.vn
Arrival-Date: Tue, 10 Mar 2026 09:00:00 +0700 (+07)

Final-Recipient: rfc822; nguoi.dan@vidu.vn
Original-Recipient: rfc822;nguoi.dan@vidu.vn
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.vidu.vn
Diagnostic-Code: smtp; 550 5.1.1 <nguoi.dan@vidu.vn>: Recipient address
    rejected: Không có người nhận này

--4B2C19F.1773108005/mail.quangngai.gov.vn
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers
Content-Transfer-Encoding: 8bit

Return-Path: <khong-tra-loi@quangngai.gov.vn>
{HEADERS}
--4B2C19F.1773108005/mail.quangngai.gov.vn--
"""
POSTFIX_SAYS = ("5.1.1", "550 5.1.1 <nguoi.dan@vidu.vn>: Recipient address rejected: Không có người nhận này")

POSTFIX_DELAYED = (
    POSTFIX.replace("Undelivered Mail Returned to Sender", "Delayed Mail (still being retried)")
    .replace("Action: failed\nStatus: 5.1.1", "Action: delayed\nStatus: 4.4.1")
    .replace("550 5.1.1 <nguoi.dan@vidu.vn>: Recipient address\n    rejected: Không có người nhận này", "X")
    .replace("smtp; X", "X-Postfix; connect to mx.vidu.vn[203.0.113.7]:25: Connection timed out")
)

EXIM = f"""\
Return-path: <>
Received: from Debian-exim by may.vidu.vn with local (Exim 4.96)
\tid 1tZ0aB-0001Xy-2C
\tfor khong-tra-loi@quangngai.gov.vn;
\tTue, 10 Mar 2026 09:00:05 +0700
X-Failed-Recipients: nguoi.dan@vidu.vn
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@may.vidu.vn>
To: khong-tra-loi@quangngai.gov.vn
References: LETTER
Content-Type: multipart/report; report-type=delivery-status; boundary=1773108005-eximdsn-1804289383
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1tZ0aB-0001Xy-2C@may.vidu.vn>

--1773108005-eximdsn-1804289383
Content-type: text/plain; charset=us-ascii

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  nguoi.dan@vidu.vn
    mailbox is full: retry timeout exceeded

--1773108005-eximdsn-1804289383
Content-type: message/delivery-status

Reporting-MTA: dns; may.vidu.vn

Action: failed
Final-Recipient: rfc822;nguoi.dan@vidu.vn
Status: 5.0.0

--1773108005-eximdsn-1804289383
Content-type: message/rfc822

Return-path: <khong-tra-loi@quangngai.gov.vn>
{HEADERS}
--===============1==
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: 8bit

Kính gửi ông
--===============1==--

--1773108005-eximdsn-1804289383--
"""

EXIM_PLAIN = f"""\
X-Failed-Recipients: nguoi.dan@vidu.vn
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@may.vidu.vn>
To: khong-tra-loi@quangngai.gov.vn
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1tZ0aB-0001Xy-2D@may.vidu.vn>

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  nguoi.dan@vidu.vn
    SMTP error from remote mail server after RCPT TO:<nguoi.dan@vidu.vn>:
    host mx.vidu.vn [203.0.113.7]: 550 5.2.1 The account is disabled

------ This is a copy of the message, including all the headers. ------

Return-path: <khong-tra-loi@quangngai.gov.vn>
{HEADERS}
Kính gửi ông
"""

NOT_DELIVERED = base64.encodebytes("Không gửi được: người nhận không tồn tại.\n".encode()).decode()
EXCHANGE = f"""\
Received: from SG2PR06MB1234.apcprd06.prod.outlook.com (2603:1096:4:1::17)
 by SG2PR06MB1234.apcprd06.prod.outlook.com with HTTPS; Tue, 10 Mar 2026 02:00:05 +0000
MIME-Version: 1.0
From: <postmaster@vidu.vn>
To: <khong-tra-loi@quangngai.gov.vn>
Date: Tue, 10 Mar 2026 02:00:05 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="8f8a1f0e-0d6a-4c44-9d10-0b6e3d3a1a11"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: vi-VN
Message-ID: <4a9c2d4e-77aa-4c0a-b6aa-2f7a0c1b8f0d@SG2PR06MB1234.apcprd06.prod.outlook.com>
In-Reply-To: LETTER
References: LETTER
Subject: =?utf-8?B?S2jDtG5nIGfhu61pIMSRxrDhu6NjOiDEkMOjIHRp4bq/cCBuaOG6rW4gY8OidSBo4buPaQ==?=
Auto-Submitted: auto-replied

--8f8a1f0e-0d6a-4c44-9d10-0b6e3d3a1a11
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="2c1f3d0b-6a53-4d0e-8a3b-0c1de42d8a77"

--2c1f3d0b-6a53-4d0e-8a3b-0c1de42d8a77
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

{NOT_DELIVERED}
--2c1f3d0b-6a53-4d0e-8a3b-0c1de42d8a77
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: base64

{NOT_DELIVERED}
--2c1f3d0b-6a53-4d0e-8a3b-0c1de42d8a77--

--8f8a1f0e-0d6a-4c44-9d10-0b6e3d3a1a11
Content-Type: message/delivery-status

Reporting-MTA: dns;SG2PR06MB1234.apcprd06.prod.outlook.com
Received-From-MTA: dns;mail.quangngai.gov.vn
Arrival-Date: Tue, 10 Mar 2026 02:00:03 +0000

Final-Recipient: rfc822;nguoi.dan@vidu.vn
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
X-Display-Name: =?utf-8?B?Tmd1eeG7hW4gVsSDbiDEkOG6oXQ=?=

--8f8a1f0e-0d6a-4c44-9d10-0b6e3d3a1a11
Content-Type: message/rfc822

Received: from mail.quangngai.gov.vn (198.51.100.3) by SG2PR06MB1234.apcprd06.prod.outlook.com;
 Tue, 10 Mar 2026 02:00:03 +0000
{HEADERS}
--===============1==
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

{NOT_DELIVERED}
--===============1==--

--8f8a1f0e-0d6a-4c44-9d10-0b6e3d3a1a11--
"""
EXCHANGE_SAYS = (
    "5.1.10",
    "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
)

STATUS = "Final-Recipient: rfc822;a@vidu.vn\nAction: failed\nStatus: 5.2.2 (mailbox full)\nDiagnostic-Code: {said}\n"


def report(status, returned, *, encoding="", top="multipart/report; report-type=delivery-status"):
    """A report of few words, whose two parts are encoded as no standard allows and some servers do."""
    encode = {"": bytes, "base64": base64.encodebytes, "quoted-printable": quopri.encodestring}[encoding]
    line = f"Content-Transfer-Encoding: {encoding}\n".encode() if encoding else b""
    return b"".join(
        [
            f'From: <>\nMIME-Version: 1.0\nContent-Type: {top}; boundary="b"\n\n--b\n'.encode(),
            b"Content-Type: text/plain; charset=x-khong-co\n\nKh\xf4ng g\xf6\xf9i \xf1\xf6\xf4\xefc\xff\xfe\x00\n--b\n",
            b"Content-Type: message/delivery-status\n" + line + b"\n" + encode(status) + b"\n--b\n",
            b"Content-Type: text/rfc822-headers\n" + line + b"\n" + encode(returned) + b"\n--b--\n",
        ]
    )


AWAY = """\
From: nguoi.dan@vidu.vn
To: khong-tra-loi@quangngai.gov.vn
Subject: Tự động trả lời: Đã tiếp nhận câu hỏi
In-Reply-To: LETTER
References: LETTER
Auto-Submitted: auto-replied
Content-Type: text/plain; charset=utf-8

Tôi nghỉ phép. Lỗi 5.1.1.
"""

READ = f"""\
From: nguoi.dan@vidu.vn
To: khong-tra-loi@quangngai.gov.vn
Subject: Read
In-Reply-To: LETTER
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary="b"

--b
Content-Type: text/plain

Read.
--b
Content-Type: message/disposition-notification

Final-Recipient: rfc822;nguoi.dan@vidu.vn
Original-Message-ID: LETTER
Disposition: manual-action/MDN-sent-manually; displayed

--b
Content-Type: text/rfc822-headers

{HEADERS}
--b--
"""
