#include <algorithm>
#include <iterator>
#include <postrider/mime/message.hpp>

/// The front door's text, html, inline parts and attachments as explicit parts.
namespace postrider::mime {
namespace {

message typed(parameterized type, message::content content) {
    message part;
    part.set_field({"Content-Type", std::move(type)});
    part.set_body(std::move(content));
    return part;
}

void move_into(std::vector<message>& parts, std::vector<message>&& from) {
    std::move(from.begin(), from.end(), std::back_inserter(parts));
}

// The last alternative is the one a reader prefers: RFC 2046 §5.1.4.
message alternative_of(std::optional<text_content>&& text, std::optional<text_content>&& html) {
    if (!html) return typed({"text/plain", {}}, text ? std::move(*text) : text_content{"", "us-ascii"});
    auto markup = typed({"text/html", {}}, std::move(*html));
    if (!text) return markup;
    std::vector<message> parts;
    parts.push_back(typed({"text/plain", {}}, std::move(*text)));
    parts.push_back(std::move(markup));
    return typed({"multipart/alternative", {}}, message::multipart_content{std::move(parts)});
}

message related_of(message body, std::vector<message>&& shown) {
    parameterized type{"multipart/related", {}};
    type.parameters.emplace_back("type", body.get_content_type());  // RFC 2387 §3.1
    std::vector<message> parts;
    parts.push_back(std::move(body));
    move_into(parts, std::move(shown));
    return typed(std::move(type), message::multipart_content{std::move(parts)});
}

}  // namespace

bool message::is_settled() const {
    if (text_ || html_ || !inline_parts_.empty() || !attachments_.empty()) return false;
    if (auto const* inner = std::get_if<message_content>(&content_)) return inner->enclosed->is_settled();
    auto const* all = std::get_if<multipart_content>(&content_);
    return !all ||
           std::all_of(all->parts.begin(), all->parts.end(), [](auto const& part) { return part.is_settled(); });
}

// What stands in the header already stays: it says how the outermost part is to be called.
void message::take_structure(message&& top) {
    if (!contains("Content-Type")) set_field(*top.find("Content-Type"));
    content_ = std::move(top.content_);
}

// mixed { related { alternative { text, html }, inline... }, attachments... }, without the layers that hold one thing.
void message::settle_front_door() {
    bool const has_body = text_ || html_;
    bool const related = html_ && !inline_parts_.empty();
    auto attached = related ? std::vector<message>() : std::exchange(inline_parts_, {});
    move_into(attached, std::exchange(attachments_, {}));
    if (!has_body && attached.empty()) return;

    auto body = alternative_of(std::exchange(text_, {}), std::exchange(html_, {}));
    if (related) body = related_of(std::move(body), std::exchange(inline_parts_, {}));
    if (attached.empty()) return take_structure(std::move(body));
    std::vector<message> parts;
    if (has_body) parts.push_back(std::move(body));
    move_into(parts, std::move(attached));
    take_structure(typed({"multipart/mixed", {}}, multipart_content{std::move(parts)}));
}

message& message::settle() {
    if (is_settled()) return *this;
    if (std::holds_alternative<std::monostate>(content_)) settle_front_door();
    if (auto* inner = std::get_if<message_content>(&content_)) {
        auto settled = *inner->enclosed;
        inner->enclosed = std::make_shared<message const>(std::move(settled.settle()));
    }
    auto* all = std::get_if<multipart_content>(&content_);
    if (!all) return *this;
    if (text_ || html_)  // a body from the front door stands in front of the parts
        all->parts.insert(all->parts.begin(), alternative_of(std::exchange(text_, {}), std::exchange(html_, {})));
    for (auto& part : all->parts) part.settle();
    return *this;
}

}  // namespace postrider::mime
