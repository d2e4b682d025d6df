#include <algorithm>
#include <memory>
#include <postrider/folder/mbox.hpp>

#include "context.hpp"
#include "select.hpp"

namespace postrider::devserver {
namespace {

/// Messages by their ids, oldest first, as an mbox; what was removed meanwhile is passed over.                RFC 4155
class mbox_pieces {
public:
    mbox_pieces(store const& from, std::vector<std::string> ids) : store_(from), ids_(std::move(ids)) {}

    std::string operator()() {
        while (next_ < ids_.size())
            if (auto entry = entry_of(ids_[next_++])) return *std::move(entry);
        return {};
    }

private:
    std::optional<std::string> entry_of(std::string const& id) const {
        auto const message = store_.find(id);
        auto const octets = store_.octets(id);
        if (!message || !octets) return std::nullopt;
        auto const when = std::chrono::floor<std::chrono::seconds>(message->received);
        return folder::format_envelope_line(message->from, when) + "\n" + folder::quote_from_lines(*octets) + "\n";
    }

    store const& store_;
    std::vector<std::string> ids_;
    std::size_t next_ = 0;
};

std::vector<std::string> ids_of(std::vector<caught_message> const& messages) {
    std::vector<std::string> ids;
    for (auto const& message : messages) ids.push_back(message.id);
    std::reverse(ids.begin(), ids.end());
    return ids;
}

std::variant<http_response, octet_stream> mbox_of(store const& kept, selection const& meant) {
    auto found = find_all(kept, meant);
    if (auto* refused = std::get_if<http_response>(&found)) return std::move(*refused);
    octet_stream mbox;
    mbox.head.content_type = "application/mbox";
    mbox.head.fields = {{"Content-Disposition", attachment_disposition("messages.mbox")},
                        {"Content-Security-Policy", "sandbox; default-src 'none'"}};
    mbox.next = mbox_pieces(kept, ids_of(kept.at(std::get<found_messages>(found).places)));
    return mbox;
}

}  // namespace

api_answer export_api(api_context const& asked) {
    if (asked.segment(0) != "messages.mbox" || asked.depth() != 1) return std::nullopt;
    if (!is_get(asked.request)) return only("GET, HEAD");
    auto meant = selection_of(asked.target);
    if (auto* refused = std::get_if<http_response>(&meant)) return std::move(*refused);
    return slow_stream{
        [&kept = asked.at.messages, meant = std::get<selection>(std::move(meant))] { return mbox_of(kept, meant); }};
}

}  // namespace postrider::devserver
