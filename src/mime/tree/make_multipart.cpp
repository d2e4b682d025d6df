#include <algorithm>
#include <postrider/mime/message.hpp>

#include "../checks.hpp"
#include "../field_kind.hpp"
#include "boundary.hpp"

/// Multiparts around what a message holds: alternative inside related inside mixed.
namespace postrider::mime {
namespace {

void check_may_become(message const& mail, std::string_view subtype, std::initializer_list<std::string_view> refused) {
    if (mail.get_content_maintype() != "multipart") return;
    auto const standing = mail.get_content_subtype();
    if (standing == subtype || std::find(refused.begin(), refused.end(), standing) != refused.end())
        throw error(errc::rejected, "a multipart/" + standing + " cannot become a multipart/" + std::string(subtype));
}

}  // namespace

// The Content-* fields go with the content.
message message::take_content() {
    message part;
    part.policy_ = policy_;
    for (auto const& one : fields())
        if (is_content_field(one.name)) part.fields_.push_back(one);
    part.content_ = std::exchange(content_, std::monostate());
    std::erase_if(own_fields(), [](field const& one) { return is_content_field(one.name); });
    return part;
}

message& message::make_multipart(std::string_view subtype, std::initializer_list<std::string_view> refused,
                                 std::string_view boundary) {
    check_may_become(*this, subtype, refused);
    if (!boundary.empty()) check_boundary(boundary);
    settle();
    bool const empty = std::holds_alternative<std::monostate>(content_);
    auto first = take_content();
    parameterized type{"multipart/" + std::string(subtype), {}};
    // RFC 2387 §3.1: what the root is has to be told.
    if (subtype == "related" && !empty) type.parameters.emplace_back("type", first.get_content_type());
    if (!boundary.empty()) type.parameters.emplace_back("boundary", std::string(boundary));
    multipart_content all;
    if (!empty) all.parts.push_back(std::move(first));
    set_field({"Content-Type", std::move(type)});
    content_ = std::move(all);
    return *this;
}

message& message::make_related(std::string_view boundary) {
    return make_multipart("related", {"alternative", "mixed"}, boundary);
}

message& message::make_alternative(std::string_view boundary) {
    return make_multipart("alternative", {"mixed"}, boundary);
}

message& message::make_mixed(std::string_view boundary) {
    return make_multipart("mixed", {}, boundary);
}

message& message::add_to(std::string_view subtype, message part, std::string_view disposition) {
    if (get_content_type() != "multipart/" + std::string(subtype)) {
        if (subtype == "related") make_related();
        if (subtype == "alternative") make_alternative();
        if (subtype == "mixed") make_mixed();
    }
    settle();
    if (!disposition.empty() && !part.contains("Content-Disposition"))
        part.set_field({"Content-Disposition", parameterized{std::string(disposition), {}}});
    part.set_policy(policy_);
    return attach(std::move(part));
}

}  // namespace postrider::mime
