#pragma once
#include <postrider/mime/parse.hpp>
#include <string>
#include <string_view>

namespace postrider::devserver {

/// What searches look at: UTF-8 with case folded, runs of blanks and line ends as one blank.
struct searched_text {
    std::string sender;      ///< reverse-path and From
    std::string recipients;  ///< forward-paths and To
    std::string copied;      ///< Cc
    std::string subject;
    std::string words;  ///< all of these, the rest of the header, file names and texts: limits::searched_octets of them
};

/// `text` as searches compare it.
std::string as_searched(std::string_view text);

/// `forward_paths`   in lines
searched_text searched_text_of(mime::parsed_message const&, std::string_view reverse_path,
                               std::string_view forward_paths);

}  // namespace postrider::devserver
