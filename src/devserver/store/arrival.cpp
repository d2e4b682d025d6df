#include "arrival.hpp"

#include <algorithm>
#include <postrider/mime/body_view.hpp>
#include <postrider/mime/parse.hpp>

namespace postrider::devserver {

constexpr std::size_t preview_characters = 120;

description describe(std::string_view octets, std::string_view reverse_path, std::string_view forward_paths) {
    auto const message = mime::parse(octets);
    auto const root = message.root();
    auto const bodies = mime::view_body(message);
    description told;
    told.subject = root.value("Subject").value_or("");
    told.date = root.value("Date").value_or("");
    told.attachments = bodies.attachment_count();
    told.preview = bodies.preview(preview_characters);
    told.searched = searched_text_of(message, reverse_path, forward_paths);
    return told;
}

void new_message::describe_itself() {
    described = describe(octets, from, to_lines(to));
}

std::string to_lines(std::vector<std::string> const& addresses) {
    std::string lines;
    for (auto const& address : addresses) lines.append(lines.empty() ? "" : "\n").append(address);
    return lines;
}

std::vector<std::string> from_lines(std::string_view lines) {
    std::vector<std::string> addresses;
    while (!lines.empty()) {
        auto end = std::min(lines.find('\n'), lines.size());
        addresses.emplace_back(lines.substr(0, end));
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return addresses;
}

}  // namespace postrider::devserver
