#pragma once
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace postrider::app {

/// The command line of `sendmail` in two: its own options and those of every sendmail, which CLI11 cannot read.
struct sendmail_line {
    std::vector<std::string> ours, classic;
};

/// `words`           the program's arguments. Empty `classic` where another command was called.
/// `called_sendmail` the program has the name sendmail: then all are classic. Whoever wrote "postrider sendmail --account
///                   web -t" set it up; what a caller adds behind the first classic option may come from strangers, and
///                   none of it is read as an option that runs commands or reads files.
sendmail_line split_sendmail_line(CLI::App const& sendmail, std::vector<std::string> words, bool called_sendmail);

}  // namespace postrider::app
