#include <postrider/codec/parameter.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/message.hpp>

#include "../checks.hpp"
#include "../field_kind.hpp"
#include "../transfer_encoding.hpp"

/// New content for a message or a part: email.contentmanager.
namespace postrider::mime {
namespace {

// A source is looked at when it is read.
void check_encoding(std::string_view cte, text_shape const& shape) {
    if (cte.empty()) return;
    auto const encoding = transfer_encoding_of(cte);
    if (!encoding) throw error(errc::bad_encoding, "no content of ours travels as " + shown(cte));
    if (!can_travel(shape, *encoding))
        throw error(errc::bad_encoding,
                    "the content cannot travel as " + shown(cte) + "; leave it out to have it chosen");
}

void check_disposition(std::string_view disposition) {
    if (!codec::is_token(disposition)) throw error(errc::bad_field_body, "no disposition: " + shown(disposition));
}

}  // namespace

// All Content-* fields, in Python's order.
void message::describe_content(parameterized type, content_options const& how) {
    check_parameters("Content-Type", how.params);
    type.parameters.insert(type.parameters.end(), how.params.begin(), how.params.end());
    set_field({"Content-Type", std::move(type)});
    if (!how.cte.empty()) set_field({"Content-Transfer-Encoding", how.cte});
    if (!how.disposition.empty() || !how.filename.empty()) {
        parameterized shown_as{how.disposition.empty() ? "attachment" : how.disposition, {}};
        check_disposition(shown_as.value);
        if (!how.filename.empty()) shown_as.parameters.emplace_back("filename", how.filename);
        check_parameters("Content-Disposition", shown_as.parameters);
        set_field({"Content-Disposition", std::move(shown_as)});
    }
    if (!how.cid.empty()) set_field({"Content-ID", bracketed_id("Content-ID", how.cid)});
    for (auto const& [name, value] : how.headers) header(name, value);
}

// All or nothing: what throws leaves the message as it was.
message& message::replace_content(std::string type, content what, content_options const& how) {
    if (get_content_maintype() == "multipart")
        throw error(errc::not_multipart, "set_content: a multipart takes parts, by attach and the add_ verbs");
    check_type(type);
    auto changed = *this;
    changed.clear_content().describe_content({std::move(type), {}}, how);
    changed.content_ = std::move(what);
    return *this = std::move(changed);
}

message& message::set_content(std::string text, std::string_view subtype, content_options const& how) {
    if (!text.ends_with('\n')) text += '\n';
    auto made = make_text(std::move(text), how.charset);
    check_encoding(how.cte, shape_of(made.octets));
    return replace_content("text/" + std::string(subtype), std::move(made), how);
}

message& message::set_content(std::string octets, std::string_view maintype, std::string_view subtype,
                              content_options const& how) {
    return set_content(data_content(std::make_shared<std::string const>(std::move(octets))), maintype, subtype, how);
}

message& message::set_content(data_content octets, std::string_view maintype, std::string_view subtype,
                              content_options const& how) {
    if (ascii::equal_without_case(maintype, "multipart")) throw error(errc::not_multipart, "octets are no multipart");
    auto const* in_memory = std::get_if<shared_octets>(&octets);
    check_encoding(how.cte, in_memory ? shape_of_octets(**in_memory) : text_shape());
    return replace_content(std::string(maintype) + '/' + std::string(subtype), std::move(octets), how);
}

// RFC 2046 §5.2.1: a message is not encoded itself; its parts are.
message& message::set_content(message enclosed, content_options const& how) {
    if (!how.cte.empty() && how.cte != "7bit" && how.cte != "8bit")
        throw error(errc::bad_encoding, "an enclosed message cannot travel as " + shown(how.cte));
    auto as_it_needs = how;
    as_it_needs.cte.clear();
    return replace_content("message/rfc822", message_content{std::make_shared<message const>(std::move(enclosed))},
                           as_it_needs);
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
