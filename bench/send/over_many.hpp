#pragma once
#include <cstddef>
#include <postrider/client/mail_run.hpp>
#include <postrider/client/options.hpp>
#include <string>

/// Sends what the run gives over so many sessions at once, each of which takes the next message when it has room.
/// throws   what ended a session
void send_over_many(std::string const& url, postrider::smtp::client_options const&, postrider::smtp::mail_run&,
                    std::size_t connections);
