#include <postrider/mime/message.hpp>

#include "../checks.hpp"
#include "../field_kind.hpp"
#include "../transfer_encoding.hpp"

/// New content for a message or a part: email.contentmanager.
namespace postrider::mime {
namespace {

std::string bracketed(std::string cid) {
    if (!cid.starts_with('<')) cid.insert(0, 1, '<').push_back('>');
    check_tokens("the cid", cid);
    return cid;
}

void check_encoding(std::string_view cte) {
    if (!cte.empty() && !transfer_encoding_of(cte))
        throw error(errc::bad_encoding, "no content of ours travels as " + shown(cte));
}

}  // namespace

// All Content-* fields but the type, in Python's order.
void message::describe_content(parameterized type, content_options const& how) {
    check_parameters("Content-Type", how.params);
    type.parameters.insert(type.parameters.end(), how.params.begin(), how.params.end());
    set_field({"Content-Type", std::move(type)});
    if (!how.cte.empty()) set_field({"Content-Transfer-Encoding", how.cte});
    if (!how.disposition.empty() || !how.filename.empty()) {
        parameterized shown_as{how.disposition.empty() ? "attachment" : how.disposition, {}};
        if (!how.filename.empty()) shown_as.parameters.emplace_back("filename", how.filename);
        check_parameters("Content-Disposition", shown_as.parameters);
        set_field({"Content-Disposition", std::move(shown_as)});
    }
    if (!how.cid.empty()) set_field({"Content-ID", bracketed(how.cid)});
    for (auto const& [name, value] : how.headers) header(name, value);
}

void message::begin_content(char const* type, content_options const& how) {
    if (get_content_maintype() == "multipart")
        throw error(errc::not_multipart, "set_content: a multipart takes parts, by attach and the add_ verbs");
    check_type(type);
    check_encoding(how.cte);
    clear_content();
}

message& message::set_content(std::string text, std::string_view subtype, content_options const& how) {
    auto type = "text/" + std::string(subtype);
    if (!text.ends_with('\n')) text += '\n';
    auto made = make_text(std::move(text), how.charset);
    begin_content(type.c_str(), how);
    describe_content({std::move(type), {}}, how);
    content_ = std::move(made);
    return *this;
}

message& message::set_content(std::string octets, std::string_view maintype, std::string_view subtype,
                              content_options const& how) {
    return set_content(data_content(std::make_shared<std::string const>(std::move(octets))), maintype, subtype, how);
}

message& message::set_content(data_content octets, std::string_view maintype, std::string_view subtype,
                              content_options const& how) {
    auto type = std::string(maintype) + '/' + std::string(subtype);
    if (maintype == "multipart") throw error(errc::not_multipart, "octets are no multipart");
    begin_content(type.c_str(), how);
    describe_content({std::move(type), {}}, how);
    content_ = std::move(octets);
    return *this;
}

message& message::set_content(message enclosed, content_options const& how) {
    // RFC 2046 §5.2.1: a message is not encoded itself; its parts are.
    if (!how.cte.empty() && how.cte != "7bit" && how.cte != "8bit")
        throw error(errc::bad_encoding, "an enclosed message cannot travel as " + shown(how.cte));
    begin_content("message/rfc822", how);
    auto without_encoding = how;
    without_encoding.cte.clear();
    describe_content({"message/rfc822", {}}, without_encoding);
    content_ = message_content{std::make_shared<message const>(std::move(enclosed))};
    return *this;
}

message& message::clear_content() {
    if (fields().empty() && std::holds_alternative<std::monostate>(content_) && is_settled()) return *this;
    std::erase_if(own_fields(), [](field const& one) { return is_content_field(one.name); });
    text_.reset();
    html_.reset();
    inline_parts_.clear();
    attachments_.clear();
    content_ = std::monostate();
    return *this;
}

message& message::clear() {
    auto const with = policy_;
    *this = message();
    policy_ = with;
    return *this;
}

}  // namespace postrider::mime
