#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <postrider/mime/body_view.hpp>
#include <postrider/mime/forward.hpp>
#include <postrider/mime/parse.hpp>
#include <postrider/mime/render.hpp>
#include <postrider/mime/reply.hpp>
#include <postrider/mime/safe_name.hpp>
#include <string>
#include <string_view>

// Any message can be answered, forwarded and resent: nothing in it makes that throw, and none of its octets becomes a
// field of what is sent.

using namespace postrider;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

bool is_ours(std::string_view name) {
    for (std::string_view known : {"From", "To", "Cc", "Subject", "In-Reply-To", "References", "Date", "Message-ID",
                                   "MIME-Version", "Content-Type", "Content-Transfer-Encoding"})
        if (mime::same_name(known, name)) return true;
    return false;
}

void check_sent(mime::message const& mail) {
    auto const octets = mime::render(mail).str().value();
    auto const read = mime::parse(octets);
    require(mime::same_name(read.root().fields().begin()->name, "From"));
    for (auto const& field : read.root().fields()) require(is_ours(field.name));
}

void check_view(mime::parsed_message const& message) {
    auto const view = mime::view_body(message);
    view.has_attachment();
    require(view.preview(100).size() <= 400);
    mime::distinct_names names;
    for (auto const& part : view.attachments) {
        auto const name = names.take(mime::safe_file_name(part.filename().value_or(""), part.content_type()));
        require(!name.empty() && name.size() <= 200 && name.find_first_of("/\\") == name.npos && name.front() != '.');
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const original = mime::parse({reinterpret_cast<char const*>(data), size});
    mime::mailbox const me{"Me", "me@example.com"};
    check_view(original);
    check_sent(mime::reply_to_message(original, {.from = me}));
    check_sent(mime::reply_to_message(original, {.from = me, .all = true, .text = "x", .keep_signature = true}));
    check_sent(mime::reply_to_message(original, {.from = me, .to_list = true, .quote = false}));
    check_sent(mime::forward(original, {.from = me}));
    check_sent(mime::forward(original, {.from = me, .style = mime::forward_style::attachment}));
    auto const resent = mime::resend(original, {.from = me, .to = me});
    require(resent.mail.str()->starts_with("Resent-Date: "));
    return 0;
}
