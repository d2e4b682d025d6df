#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>

/// Every limit that guards a parser or a peer, by name, with its default and the reason for it. A limit reached while
/// reading a peer is an error that names it; while parsing a message it is a defect, and what lies behind it stays
/// opaque.
namespace postrider::limits {

// A peer's replies, read by a client                                                             RFC 5321 §4.5.3.1.5
inline constexpr std::size_t reply_line_octets = 8192;        ///< the RFC says 512; servers write more
inline constexpr std::size_t reply_total_octets = 64 * 1024;  ///< one reply, all its lines
inline constexpr std::size_t auth_challenges = 8;             ///< a server that asks on and on is refused
inline constexpr unsigned scram_least_iterations = 4096;      ///< RFC 7677 §4; fewer make a password easy to guess
inline constexpr unsigned scram_most_iterations = 100'000;    ///< a server does not choose what our time is spent on
inline constexpr std::size_t saslprep_octets = 4096;          ///< a user's name or password, of any length usual
inline constexpr std::size_t shown_octets = 1000;             ///< of a peer's words, in one line for people
inline constexpr std::size_t flight_octets = 16 * 1024;       ///< of commands sent ahead of their replies: a server
                                                              ///< that does not read yet has room for them
inline constexpr std::size_t flight_messages = 16;            ///< sent ahead of their replies, with CHUNKING
inline constexpr std::size_t reply_read_octets = 2 * 1024;    ///< of replies read at a time: many short ones
inline constexpr std::size_t read_ahead_octets = 1 << 20;     ///< of replies kept while the server does not read
inline constexpr std::size_t eager_octets = 256 * 1024;       ///< of content sent before recipients are answered

inline constexpr std::size_t proxy_reply_octets = 16 * 1024;  ///< the head of an HTTP proxy's answer
inline constexpr std::size_t proxy_interim_replies = 16;      ///< 1xx, before it answers
inline constexpr std::size_t tls_sessions = 8;                ///< kept for one server, to be resumed
inline constexpr std::size_t tls_servers = 256;               ///< for which sessions are kept
inline constexpr std::size_t tlsa_records = 32;               ///< of one server that are looked at
inline constexpr std::size_t mta_sts_octets = 64 * 1024;      ///< of a policy: RFC 8461 §3.3 recommends that size
inline constexpr std::size_t mta_sts_patterns = 200;          ///< mx lines of a policy
inline constexpr std::size_t connection_attempts = 64;        ///< addresses of one host that are tried
inline constexpr std::size_t mail_exchangers = 20;            ///< servers of one domain that are looked at
inline constexpr std::size_t mta_sts_policies = 10'000;       ///< kept for as many domains
inline constexpr std::size_t direct_routes = 10'000;          ///< the same, of what DNS says of them
inline constexpr std::size_t direct_servers = 32;             ///< to which sessions are kept between messages
inline constexpr std::chrono::seconds direct_route_time{
    300};  ///< as many big domains say: DNS is asked again behind it
inline constexpr std::chrono::seconds direct_dead_end_time{30};  ///< the same, where no server can be tried now

// A peer's commands and messages, read by a server                                                  RFC 5321 §4.5.3.1
inline constexpr std::size_t command_line_octets = 2048;       ///< the RFC says 512; extensions add to it
inline constexpr std::size_t auth_line_octets = 12288;         ///< RFC 4954 §4
inline constexpr std::size_t skipped_octets = 1 << 20;         ///< of a line that is too long, before 421
inline constexpr std::size_t recipients = 1000;                ///< the RFC asks for 100 at least
inline constexpr std::uint64_t message_octets = 64ull << 20;   ///< announced with SIZE
inline constexpr std::size_t session_errors = 20;              ///< refused commands before 421
inline constexpr std::size_t prompt_errors = 10;               ///< of them, those that are answered without delay
inline constexpr std::chrono::milliseconds error_delay{1000};  ///< before the answer to each further one
inline constexpr std::size_t auth_failures = 5;                ///< wrong credentials before 421
inline constexpr std::chrono::milliseconds auth_delay{1000};   ///< for each wrong secret so far
inline constexpr std::size_t idle_commands = 100;              ///< NOOP, RSET, EHLO... in a row without a message
inline constexpr std::size_t pop3_line_octets = 2048;          ///< a command; RFC 2449 §4 says 255
inline constexpr std::chrono::minutes pop3_idle{10};           ///< RFC 1939 §3: the least before a session is closed

// A message, while it is parsed
inline constexpr std::size_t parse_depth = 100;         ///< nested multiparts and messages
inline constexpr std::size_t parse_parts = 10'000;      ///< body parts in all
inline constexpr std::size_t encoded_messages = 3;      ///< transfer-encoded messages within one another
inline constexpr std::size_t header_octets = 1 << 20;   ///< one header section
inline constexpr std::size_t header_fields = 10'000;    ///< fields in one header section
inline constexpr std::size_t boundary_octets = 2048;    ///< the RFC says 70
inline constexpr std::size_t parameter_sections = 100;  ///< RFC 2231 continuations of one parameter
inline constexpr std::size_t addresses = 100'000;       ///< mailboxes in one field
inline constexpr std::size_t html_depth = 256;          ///< elements within one another, while HTML becomes text
inline constexpr std::size_t html_attributes = 256;     ///< of one tag that are listed
inline constexpr std::size_t msg_ids = 1000;            ///< of a References field; the first and the last are kept
inline constexpr std::size_t listed_values = 1000;      ///< parameters, tags, results, URIs, ... in one field

// A message, while it is composed
inline constexpr std::size_t line_octets = 998;               ///< RFC 5322 §2.1.1; longer lines are transfer-encoded
inline constexpr std::size_t file_chunk_octets = 256 * 1024;  ///< read, encoded and sent at a time
inline constexpr std::uint64_t raw_message_octets = 1ull << 30;  ///< somebody else's message, read whole
inline constexpr std::size_t merge_row_octets = 1 << 20;         ///< one row of group mail's data, all its fields
inline constexpr std::size_t merge_columns = 1000;               ///< of such data
inline constexpr std::size_t quoted_octets = 1 << 20;            ///< of another's text, in an answer or below a forward

// Signatures
inline constexpr std::size_t dkim_signatures = 10;             ///< of one message that are checked: the first ones
inline constexpr std::size_t dkim_signed_fields = 1000;        ///< names that one signature may list
inline constexpr std::size_t dkim_field_name_octets = 128;     ///< of such a name that a signer is told
inline constexpr std::size_t dkim_key_records = 4;             ///< tried for one signature, where DNS has several
inline constexpr std::size_t dkim_key_file_octets = 64 << 10;  ///< a file with a private key
inline constexpr unsigned dkim_least_key_bits = 1024;          ///< of RSA: RFC 8301 §3.2
inline constexpr unsigned dkim_key_bits = 8192;                ///< of RSA: time grows with the cube; the RFC says 4096

// The checks of a message
inline constexpr std::size_t lint_html_octets = 4 << 20;    ///< of one HTML part that are looked at
inline constexpr std::size_t lint_elements = 100'000;       ///< of one HTML part that are listed
inline constexpr std::size_t lint_css_octets = 1 << 20;     ///< of one style sheet that are looked at
inline constexpr std::size_t lint_css_depth = 32;           ///< blocks of a style sheet within one another
inline constexpr std::size_t lint_places = 20;              ///< that one finding tells
inline constexpr std::size_t lint_text_octets = 256 << 10;  ///< of a text that are compared with another, word by word
inline constexpr std::size_t lint_shown_octets = 120;       ///< of a value from the mail that a finding repeats
inline constexpr std::size_t lint_links = 50;               ///< of one message that are followed, where that is allowed
inline constexpr std::size_t lint_html_parts = 20;          ///< of one message that are looked at

// The dev server
inline constexpr std::size_t smtp_connections = 20'000;       ///< more wait in the system's queue
inline constexpr std::size_t http_connections = 5'000;        ///< the same; a page holds one for its events
inline constexpr std::size_t connections_of_an_address = 50;  ///< SMTP, but for this machine's own
inline constexpr std::size_t received_fields = 50;            ///< a message with more goes in circles; RFC 5321 §6.3
inline constexpr std::size_t http_header_octets = 16 * 1024;  ///< a request's line and fields
inline constexpr std::size_t https_body_octets = 1 << 20;     ///< of an answer that we asked for: tokens, descriptions
inline constexpr std::size_t http_body_octets = 1 << 20;      ///< of a request that brings no message
inline constexpr std::size_t spamd_octets = 256 << 10;        ///< of a report on one message
inline constexpr std::size_t http_unsent_events = 1 << 20;    ///< octets a page may lag behind before it is cut off
inline constexpr std::size_t fault_rules = 1000;              ///< in force at a time
inline constexpr std::size_t fault_rule_octets = 1000;        ///< of one of them, as text
inline constexpr std::size_t json_depth = 8;                  ///< values within one another, in a request's body
inline constexpr std::size_t listed_ids = 10'000;             ///< messages that one request may name
inline constexpr std::size_t tags = 50;                       ///< of one message
inline constexpr std::size_t tag_octets = 100;                ///< of one tag; of an inbox's name, too
inline constexpr std::size_t search_octets = 1000;            ///< what is typed to look for mail
inline constexpr std::size_t search_terms = 50;               ///< of one search
inline constexpr std::size_t searched_octets = 256 * 1024;    ///< of a message's header and text that searches look at
inline constexpr std::chrono::seconds search_time{5};         ///< for one search, before it is given up
inline constexpr std::size_t transcript_lines = 10'000;       ///< kept of the dialogue between two messages
inline constexpr std::size_t webhook_queue = 1000;  ///< messages that one URL was not told of yet; more are lost
inline constexpr std::size_t webhook_attempts = 5;  ///< at telling it of one
inline constexpr std::chrono::milliseconds webhook_delay{500};      ///< before the second attempt; then twice that
inline constexpr std::chrono::milliseconds webhook_time{10'000};    ///< for one attempt
inline constexpr std::chrono::milliseconds webhook_farewell{5000};  ///< for what is left when the server ends
inline constexpr std::size_t discarded_header_octets = 64 * 1024;   ///< kept of a message whose content is dropped

}  // namespace postrider::limits
