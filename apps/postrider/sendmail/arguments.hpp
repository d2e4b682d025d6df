#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "send/delivery_wishes.hpp"

namespace postrider::app {

/// What a program asks for that calls /usr/sbin/sendmail.
struct sendmail_arguments {
    enum class mode {
        message,  ///< -bm, or nothing: one message from stdin
        session,  ///< -bs: SMTP on stdin and stdout
        queue,    ///< -q, -bp: there is none here, and so nothing to do or show
        aliases,  ///< -bi, -I: likewise
    };
    mode what = mode::message;
    bool recipients_in_header = false;      ///< -t
    bool dot_is_content = false;            ///< -i, -oi: a line with a dot alone does not end the message
    bool verbose = false;                   ///< -v
    std::optional<std::string> sender;      ///< -f, -r; "" and "<>" are the null reverse-path
    std::string full_name;                  ///< -F
    delivery_wishes wishes;                 ///< -N, -R, -V
    std::vector<std::string> recipients{};  ///< as they were given, each an address, a name or a list of them
};

/// Reads them as the sendmails of this world do: single letters, values attached or behind, "--" or the first recipient
/// ends them, and what stands behind is a recipient whatever it looks like. Letters that steer what this program has not
/// (queues, files, logs, rewriting) are taken and change nothing: none of them opens or writes a file.
/// errors     app::error: usage for a letter that nobody knows, a value that is missing, and a mode that is not there.
sendmail_arguments parse_sendmail_arguments(std::vector<std::string> const& arguments);

}  // namespace postrider::app
