#pragma once
#include <boost/asio/awaitable.hpp>
#include <postrider/net/async_stream.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "maildrop_locks.hpp"
#include "smtp/catcher.hpp"

namespace postrider::devserver {

/// One POP3 session over what was caught. Whose mail it is, its user's name says: an inbox's gives that inbox, an
/// address the messages to it, any other name all there is. One session has a maildrop at a time. `services`, `locks`
/// and `tls` outlive it.
boost::asio::awaitable<void> serve_pop3(net::async_stream, catch_services const& services, maildrop_locks& locks,
                                        net::tls_context_ptr tls, bool on_loopback);

/// Which maildrop that user's is; different names may be the same one's.
std::string maildrop_of(std::string_view user, std::vector<inbox_rule> const& inboxes);
/// Whether a message is in the maildrop of that user.
bool is_mail_of(std::string_view user, std::vector<inbox_rule> const& inboxes, caught_message const&);

}  // namespace postrider::devserver
