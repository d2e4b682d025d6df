#!/bin/sh
# A program's mail in a shell test: `postrider catch` runs it, and its exit code says whether the right mail came.
set -eu
: "${POSTRIDER:=postrider}"

# What is tested: it finds the server in its environment, as most programs can be told to.
invite='printf "From: shop@example.com\nTo: %s\nSubject: Welcome\n\nYour code is 1234.\n" "$1" |
    curl --silent --show-error "smtp://$SMTP_HOST:$SMTP_PORT" --mail-from shop@example.com --mail-rcpt "$1" --crlf --upload-file -'

"$POSTRIDER" catch --within 20s \
    --assert '1 to:ann@example.net subject:Welcome "code is 1234"' \
    --refute 'to:bob@example.net' \
    -- sh -c "$invite" invite ann@example.net
