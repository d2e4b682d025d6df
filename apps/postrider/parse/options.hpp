#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "mail_source.hpp"
#include "terminal/colour.hpp"

namespace postrider::app {

/// What of each message is printed.
enum class parse_view {
    page,        ///< for people
    json,        ///< one document: an object for one message, an array for an mbox, a Maildir or several files
    json_lines,  ///< an object a line, for any number of messages
    text,
    html,
    headers,
    extract,  ///< nothing is: attachments are written to a folder, and their paths printed
    defects,
    verify,  ///< who signed it
};

struct parse_options {
    std::vector<std::string> files;
    mail_format format = mail_format::automatic;
    parse_view view = parse_view::page;
    std::optional<std::size_t> message;  ///< this one alone, the first being 1
    std::optional<std::size_t> part;     ///< this one instead of the whole message, by its number on the page
    bool raw = false;                    ///< octets as they stand in the message
    bool strict = false;                 ///< defects are failures
    std::string folder;                  ///< to extract to
    std::string dns_file, dns_server;    ///< where keys are, to verify with; empty: the DNS
    colour_choice colour = colour_choice::automatic;
};

}  // namespace postrider::app
