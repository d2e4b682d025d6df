// Messages as people send them, for the page to show.

// An image of 24 by 16 pixels, in one colour.
const png = 'iVBORw0KGgoAAAANSUhEUgAAABgAAAAQCAIAAACDRijCAAAAGklEQVR42mPgzkumCmIYNWjUoFGDRg2iDAEAfKBKEPGrPZMAAAAASUVORK5CYII=';

const encoded = (text) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;

const head = (subject, more = '') => `From: Ann Smith <ann@example.com>
To: Bob <bob@example.net>
Subject: ${subject}
Date: Sat, 21 Nov 2026 10:00:00 +0000
Message-ID: <${Math.random().toString(36).slice(2)}@example.com>
MIME-Version: 1.0
${more}`;

export const plain = (subject, text = 'Hello Bob,\n\nit works.\n\nAnn\n') => `${head(subject)}Content-Type: text/plain; charset=utf-8

${text}`;

export const letter = `${head(encoded('Your order is on its way 订单已发货'), 'Cc: Carol <carol@example.org>\nList-Unsubscribe: <https://shop.example/u/1>\n')}Content-Type: multipart/mixed; boundary=mixed

--mixed
Content-Type: multipart/related; boundary=related

--related
Content-Type: multipart/alternative; boundary=alternative

--alternative
Content-Type: text/plain; charset=utf-8

Your order 4711 is on its way.

It arrives on Tuesday: https://shop.example/track/4711
谢谢！

--alternative
Content-Type: text/html; charset=utf-8

<!doctype html><style>body{font:16px sans-serif;margin:32px;color:#222} .b{background:#0b6e63;color:#fff;padding:12px 20px;border-radius:8px;text-decoration:none}</style>
<img src="cid:logo@example.com" alt="logo" width="96" height="64"><h1>Your order is on its way</h1><p>Order <b>4711</b> arrives on Tuesday.</p>
<p><a class="b" href="https://shop.example/track/4711?a=1&amp;b=2">Where is it?</a></p><p>谢谢您的订购。</p>
<img src="http://trap.example/pixel.gif" alt="">

--alternative--
--related
Content-Type: image/png; name=logo.png
Content-Transfer-Encoding: base64
Content-ID: <logo@example.com>
Content-Disposition: inline; filename=logo.png

${png}
--related--
--mixed
Content-Type: application/pdf
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename*=UTF-8''%E5%8F%91%E7%A5%A8.pdf

JVBERi0xLjQKJcOkw7zDtsOfCg==
--mixed
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="photo of the parcel.png"

${png}
--mixed--
`;

export const invite = `${head('Planning for the release')}Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain

You are invited.

--b
Content-Type: text/calendar; method=REQUEST; charset=utf-8

BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VEVENT
SUMMARY:Planning\\, round two
DTSTART:20261201T090000Z
DTEND:20261201T103000Z
LOCATION:Room 5\\; second floor
ORGANIZER;CN="Ann Smith":mailto:ann@example.com
ATTENDEE;CN=Bob;PARTSTAT=ACCEPTED:mailto:bob@example.net
ATTENDEE;CN=Carol;PARTSTAT=NEEDS-ACTION:mailto:carol@exam
 ple.org
RRULE:FREQ=WEEKLY;COUNT=4
DESCRIPTION:Bring numbers.\\nAnd coffee.
BEGIN:VALARM
DESCRIPTION:not this one
END:VALARM
END:VEVENT
END:VCALENDAR

--b--
`;

export const bounce = `${head('Undelivered mail returned to sender')}Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Sat, 21 Nov 2026 10:00:00 +0000

Final-Recipient: rfc822; nobody@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

Final-Recipient: rfc822; full@example.org
Action: delayed
Status: 4.2.2

--b
Content-Type: message/rfc822

Subject: the message that came back

Hello

--b--
`;

/** `size` octets of text in lines. */
export const long = (subject, size) => plain(subject, 'The quick brown fox jumps over the lazy dog, again and again.\n'.repeat(Math.ceil(size / 62)));
