#include <algorithm>
#include <postrider/mime/message.hpp>

/// Which part is the body, and which ones are attached.
namespace postrider::mime {
namespace {

using preference = std::vector<std::string_view>;

// RFC 2387 §3.2: the root is the part that `start` names, else the first one.
std::size_t root_of(message const& related, part_range const& parts) {
    if (auto const start = related.get_param("start"))
        for (std::size_t i = 0; i < parts.size(); ++i)
            if (parts[i].get("Content-ID") == *start) return i;
    return 0;
}

/// Looks for bodies, best ones first in `wanted`, with a stack instead of recursion.
class body_search {
public:
    explicit body_search(preference const& wanted) : wanted_(wanted), best_(wanted.size()) {}

    message const* find(message const& top) {
        stack_ = {&top};
        while (!stack_.empty() && best_ > 0) {
            auto const& part = *stack_.back();
            stack_.pop_back();
            if (!part.is_attachment()) look_at(part);
        }
        return found_;
    }

private:
    void look_at(message const& part) {
        auto const maintype = part.get_content_maintype();
        auto const subtype = part.get_content_subtype();
        if (maintype == "text") return take(subtype, part);
        if (maintype != "multipart") return;
        auto const parts = part.iter_parts();
        if (subtype == "related") {
            take("related", part);
            if (!parts.empty()) stack_.push_back(&parts[root_of(part, parts)]);
            return;
        }
        for (auto i = parts.size(); i-- > 0;) stack_.push_back(&parts[i]);
    }

    void take(std::string_view kind, message const& part) {
        auto const place = static_cast<std::size_t>(std::find(wanted_.begin(), wanted_.end(), kind) - wanted_.begin());
        if (place >= best_) return;
        best_ = place;
        found_ = &part;
    }

    preference const& wanted_;
    std::size_t best_;
    std::vector<message const*> stack_;
    message const* found_ = nullptr;
};

bool is_body_type(std::string_view type) noexcept {
    return type == "text/plain" || type == "text/html" || type == "multipart/related" ||
           type == "multipart/alternative";
}

/// The first part of each kind of body is one; the others are attached.
std::vector<message const*> attached_in(message const& settled) {
    std::vector<message const*> found;
    auto const type = settled.get_content_type();
    if (!type.starts_with("multipart/") || type == "multipart/alternative") return found;
    auto const parts = settled.iter_parts();
    auto const root = type == "multipart/related" ? root_of(settled, parts) : parts.size();
    std::vector<std::string> bodies;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto kind = parts[i].get_content_type();
        bool const is_body = type == "multipart/related"
                                 ? i == root
                                 : is_body_type(kind) && !parts[i].is_attachment() &&
                                       std::find(bodies.begin(), bodies.end(), kind) == bodies.end();
        if (!is_body) found.push_back(&parts[i]);
        if (is_body) bodies.push_back(std::move(kind));
    }
    return found;
}

}  // namespace

std::optional<message const> message::get_body(preference const& wanted) const {
    auto const copy = is_settled() ? nullptr : settled_copy();
    auto const* found = body_search(wanted).find(copy ? *copy : *this);
    if (!found) return std::nullopt;
    return std::optional<message const>(*found);
}

message* message::get_body(preference const& wanted) {
    settle().unshare_enclosed();
    return const_cast<message*>(body_search(wanted).find(std::as_const(*this)));
}

part_range message::iter_attachments() const {
    auto const copy = is_settled() ? nullptr : settled_copy();
    return part_range(attached_in(copy ? *copy : *this), copy);
}

mutable_part_range message::iter_attachments() {
    settle().unshare_enclosed();
    std::vector<message*> mine;
    for (auto const* part : attached_in(*this)) mine.push_back(const_cast<message*>(part));
    return mutable_part_range(std::move(mine));
}

}  // namespace postrider::mime
