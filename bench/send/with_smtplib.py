"""smtplib as its users send many messages: one session, sendmail for each.    with_smtplib.py PORT MESSAGES OCTETS [CA]"""
import smtplib
import ssl
import sys

port, messages, octets = map(int, sys.argv[1:4])
mail = b"Subject: test\r\n\r\n" + (b"x" * 70 + b"\r\n") * (octets // 72)
if len(sys.argv) > 4:
    server = smtplib.SMTP_SSL("localhost", port, "client.example", context=ssl.create_default_context(cafile=sys.argv[4]))
else:
    server = smtplib.SMTP("127.0.0.1", port, "client.example")
for _ in range(messages):
    server.sendmail("sender@example.com", ["recipient@example.net"], mail)
server.quit()
