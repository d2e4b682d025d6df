#pragma once
#include <postrider/mime/address.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "arguments.hpp"
#include "config.hpp"
#include "send/compose.hpp"

namespace postrider::app {

/// Whom a message from this machine is from, and what becomes of addresses that are bare names of its users.
struct submitter {
    mime::mailbox self;         ///< the account's `from`, else the user who runs the program
    bool has_account = false;   ///< the servers behind it may take mail from that address alone
    std::string domain;         ///< what a bare name gets
    std::string local_mail_to;  ///< who gets the mail for bare names instead; empty: they themselves
};

/// `a`   null without an account.
submitter submitter_for(account const* a);

/// Whom the message says to be from, for the choice of an account: its -f, else its From field; empty where that is no
/// address of mail.
std::string stated_sender(sendmail_arguments const&, std::string_view octets);

/// The message with what its program left to sendmail: From, Date and Message-ID; an empty line before a body that came
/// without a header; a domain in a From that is a bare name.                                        RFC 6409 §8
std::string completed(std::string octets, submitter const&, std::string const& full_name);

/// Who sends the message to whom: recipients on the command line, and with -t those of To, Cc and Bcc (of the Resent-
/// fields where there are any) as well.
/// errors     app::error: usage for nobody; bad_data for what is neither an address nor a bare name.
smtp::envelope envelope_of(sendmail_arguments const&, std::string_view octets, submitter const&);

}  // namespace postrider::app
