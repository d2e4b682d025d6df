#pragma once
#include <functional>
#include <postrider/proto/smtp/envelope.hpp>
#include <postrider/proto/smtp/reply.hpp>
#include <string>

#include "exit_codes.hpp"

namespace postrider::app {

/// Takes a message for people; its reply is the client's answer to the final dot.
using submit_message = std::function<smtp::reply(smtp::envelope const&, std::string octets)>;

/// The server's side of SMTP on stdin and stdout, as `sendmail -bs` has it, until QUIT or the end of stdin.
exit_code serve_on_stdio(std::string const& hostname, submit_message const&);

}  // namespace postrider::app
