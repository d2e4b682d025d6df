#pragma once
#include <string>
#include <vector>

#include "client_session.hpp"
#include "talk.hpp"

/// Every operation of the client, as the dialogue it is. Each checks its arguments before it says a word.
namespace postrider::smtp::client_side {

// client_hello.cpp
talk<> greeting(session&);
talk<> ehlo(session&, std::string name);  ///< by hand: any reply will do
talk<> helo(session&, std::string name);  ///< likewise
talk<> hello(session&);                   ///< EHLO, else HELO; LHLO
talk<> hello_if_needed(session&);

// client_starttls.cpp
talk<> starttls(session&);

// client_login.cpp
talk<> login(session&, sasl::credentials, bool clear_text_allowed, std::vector<std::string> mechanisms);

// client_send.cpp
talk<> send_message(session&, outgoing_message);
talk<> send_all(session&, message_queue&);

// client_by_hand.cpp: whatever the reply, it is the caller's to judge
talk<> mail(session&, std::string reverse_path, std::vector<parameter>);
talk<> rcpt(session&, std::string forward_path, std::vector<parameter>);
talk<> data(session&, octet_reader& content);
talk<> command(session&, std::string line, phase);
talk<> rset(session&);
talk<> quit(session&);

}  // namespace postrider::smtp::client_side
