#pragma once
#include <postrider/dkim.hpp>
#include <postrider/mime/wire.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "config.hpp"

namespace CLI {
class App;
}

namespace postrider::app {

/// What the command line says of signatures.
struct dkim_options {
    std::vector<std::string> keys, selectors;  ///< files, and for each of them the selector
    std::string domain;                        ///< empty: the sender's
};

void add_dkim_options(CLI::App& command, dkim_options& into);

/// Who signs: the keys of the command line, else that of the account, else nobody.
/// `sender`   the address that the message is from.
/// errors     app::error: usage where keys and selectors do not go together, or a domain or selector is none; config for
///            those of an account; no_input for a file; bad_data for what is no key.
std::vector<dkim::signer> signers_for(dkim_options const&, account const*, std::string_view sender);

/// The wire, signed by each of them.                                          errors: app::error: bad_data, io_error
mime::wire signed_by(std::vector<dkim::signer> const&, mime::wire);

}  // namespace postrider::app
