"""Composes the same mails with Python's email; prints the CPU seconds that each took, the cheapest way it has.

    compose.py FOLDER small|classic COUNT      FOLDER holds text, html, png, pdf
    compose.py FOLDER small|classic 0          puts one such mail into FOLDER/mail instead
"""
import pathlib
import sys
import time
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid

folder, kind, count = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
text, html = ((folder / name).read_text(encoding="utf-8") for name in ("text", "html"))
png, pdf = ((folder / name).read_bytes() for name in ("png", "pdf"))


def compose():
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "张伟 <zhang.wei@example.com>"
    mail["To"] = "李娜 <li.na@example.net>"
    mail["Cc"] = "王芳 <wang.fang@example.net>"
    mail["Subject"] = "关于十一月份项目进展的报告"
    mail["Date"] = formatdate(localtime=True)
    mail["Message-ID"] = make_msgid(domain="example.com")
    mail.set_content(text, cte="base64")
    if kind == "classic":
        mail.add_alternative(html, subtype="html", cte="base64")
        mail.get_payload()[1].add_related(png, "image", "png", cid="<image1>", filename="chart.png")
        mail.add_attachment(pdf, maintype="application", subtype="pdf", filename="report.pdf")
    return mail.as_bytes()


if not count:
    (folder / "mail").write_bytes(compose())
    sys.exit()
compose()
began = time.process_time()
for _ in range(count):
    compose()
print((time.process_time() - began) / count)
