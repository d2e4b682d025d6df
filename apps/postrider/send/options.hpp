#pragma once
#include <string>
#include <vector>

#include "delivery_wishes.hpp"
#include "dialogue_end.hpp"
#include "direct/route.hpp"
#include "dkim/options.hpp"
#include "server/options.hpp"

namespace postrider::app {

/// What the command line of `send` says.
struct send_options {
    // The message
    std::string from;
    std::vector<std::string> to, cc, bcc, reply_to;
    std::string to_file, bcc_file;
    std::string subject;
    std::string text, text_file, html, html_file;
    std::vector<std::string> inline_files;  ///< CID=FILE
    std::vector<std::string> attachments;
    std::vector<std::string> headers;  ///< "Name: value"
    std::string eml;                   ///< a whole message instead of all that, or a folder of them
    dkim_options dkim;
    delivery_wishes delivery;
    // The server
    server_options server;
    bool direct = false;  ///< to the servers that DNS names for each recipient's domain
    direct_options direct_way;
    std::string policy_file;  ///< MTA-STS policies that are known; empty: the usual place
    std::string hold_rate;    ///< "2/s"; empty: as fast as it goes
    std::size_t connections = 1;
    std::string report_file;  ///< of the messages of a folder, a line of JSON for each
    dialogue_end end;
    // What to show
    bool json = false, dry_run = false, quiet = false, verbose = false;
};

void add_send_options(CLI::App& command, send_options& into);

}  // namespace postrider::app
