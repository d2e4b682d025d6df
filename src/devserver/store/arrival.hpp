#pragma once
#include <cstdint>
#include <postrider/devserver/catch_all.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "searched_text.hpp"
#include "transcript_line.hpp"

namespace postrider::devserver {

/// What a message says of itself.
struct description {
    std::string subject;  ///< decoded, UTF-8
    std::string date;
    std::uint64_t attachments = 0;
    std::string preview;  ///< the first characters of its text
    searched_text searched;
};

/// `octets`          the message, or its header alone
/// `forward_paths`   in lines
description describe(std::string_view octets, std::string_view reverse_path, std::string_view forward_paths);

/// A message on its way into the store, which supplies id and time. Whoever brings one fills in what comes from the
/// envelope; describe_itself() reads the rest in its octets.
struct new_message {
    std::string from;
    std::vector<std::string> to;
    std::string octets;  ///< the message; its header alone when `discarded`
    std::uint64_t size = 0;
    bool discarded = false;
    std::string inbox;
    std::vector<std::string> tags;
    std::string envelope = "{}";  ///< caught_envelope, as JSON
    std::vector<transcript_line> transcript;
    description described;

    void describe_itself();
};

/// Addresses as lines: none of them holds a line feed.
std::string to_lines(std::vector<std::string> const&);
std::vector<std::string> from_lines(std::string_view);

}  // namespace postrider::devserver
