#include <boost/json.hpp>
#include <postrider/mime/address.hpp>

#include "body.hpp"
#include "context.hpp"
#include "imported.hpp"
#include "take_in.hpp"

namespace postrider::devserver {
namespace {

http_response not_an_address(std::string const& name, std::string const& text) {
    return error_response("import-no-address", {{"name", name}, {"text", text}});
}

/// The envelope in the query counts more than what the header says.
std::optional<http_response> take_envelope(http_target const& target, new_message& into) {
    if (auto const& from = target["from"]; !from.empty()) {
        auto const address = mime::parse_addr_spec(from);
        if (!address) return not_an_address("from", from);
        into.from = *address;
    }
    if (auto const& to = target["to"]; !to.empty()) {
        auto const list = mime::parse_address_list(to);
        if (!list) return not_an_address("to", to);
        into.to.clear();
        for (auto& who : mime::mailboxes(*list)) into.to.push_back(std::move(who.address));
    }
    return std::nullopt;
}

std::optional<http_response> take_place(http_target const& target, new_message& into) {
    into.inbox = target["inbox"];
    if (!into.inbox.empty() && !is_inbox_name(into.inbox))
        return error_response("import-no-inbox", {{"name", into.inbox}});
    if (!target.has("tag")) return std::nullopt;
    if (!is_tag(target["tag"])) return error_response("import-no-tag", {{"name", target["tag"]}});
    into.tags = {target["tag"]};
    return std::nullopt;
}

}  // namespace

api_answer import_api(api_context const& asked) {
    if (asked.segment(0) != "messages" || asked.depth() != 1 || asked.request.method != "POST") return std::nullopt;
    if (asked.request.content_type != "message/rfc822") return error_response("import-no-message");
    if (asked.request.body.empty()) return error_response("import-empty");
    auto fresh = imported_message(asked.request.body);
    if (auto wrong = take_envelope(asked.target, fresh)) return *std::move(wrong);
    if (auto wrong = take_place(asked.target, fresh)) return *std::move(wrong);
    fresh.describe_itself();
    return json_response(to_json(take_in(fresh, asked.at.messages, asked.at.changes)), 201);
}

}  // namespace postrider::devserver
