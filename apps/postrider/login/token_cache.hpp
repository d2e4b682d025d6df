#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "oauth.hpp"

namespace postrider::app {

/// Tokens kept in a file that its owner alone may read; several, by what they are for.
class token_cache {
public:
    /// `file`     empty: $XDG_STATE_HOME/postrider/tokens.json, ~/.local/state where that is not set
    explicit token_cache(std::string const& file);

    /// errors     app::error: config where others may read the file, or it is none of ours
    std::optional<oauth_tokens> find(std::string const& key) const;
    /// Written whole or not at all.                                errors     app::error: io_error
    void keep(std::string const& key, oauth_tokens const&) const;

private:
    std::filesystem::path file_;
};

}  // namespace postrider::app
