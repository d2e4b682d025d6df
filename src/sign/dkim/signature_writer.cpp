#include "signature_writer.hpp"

#include <algorithm>
#include <postrider/codec/base64.hpp>

#include "identity.hpp"

namespace postrider::dkim {
namespace {

constexpr std::size_t columns = 78;  // RFC 5322 §2.1.1
constexpr std::string_view fold = "\r\n\t";
constexpr std::size_t fold_columns = 8;

/// A field that is folded where the next word would not fit.
class folding_writer {
public:
    explicit folding_writer(std::string_view name) : text_(name), column_(name.size()) {}

    void put(std::string_view word, bool blank_before) {
        if (column_ + blank_before + word.size() > columns)
            break_line();
        else if (blank_before)
            append(" ");
        append(word);
    }

    void put_tag(std::string_view name, std::string_view value) {
        put(std::string(name).append("=").append(value).append(";"), true);
    }

    void break_line() {
        text_ += fold;
        column_ = fold_columns;
    }

    std::string take() && { return std::move(text_); }

private:
    void append(std::string_view word) {
        text_ += word;
        column_ += word.size();
    }

    std::string text_;
    std::size_t column_;
};

void put_names(folding_writer& out, std::vector<std::string> const& names) {
    for (std::size_t at = 0; at < names.size(); ++at) {
        std::string const word = (at == 0 ? "h=" : "") + names[at] + (at + 1 == names.size() ? ";" : ":");
        out.put(word, at == 0);
    }
}

std::string seconds_of(std::chrono::sys_seconds when) {
    return std::to_string(when.time_since_epoch().count());
}

}  // namespace

std::string write_without_value(signature_draft const& draft) {
    signer_options const& says = draft.by.options();
    folding_writer out("DKIM-Signature:");
    out.put_tag("v", "1");
    out.put_tag("a", to_string(draft.by.key().algorithm()));
    out.put_tag("c", std::string(to_string(says.header)).append("/").append(to_string(says.body)));
    out.put_tag("d", says.domain);
    out.put_tag("s", says.selector);
    if (!says.identity.empty()) out.put_tag("i", encode_identity(says.identity));
    if (says.timestamp) out.put_tag("t", seconds_of(draft.now));
    if (says.expires_after) out.put_tag("x", seconds_of(draft.now + *says.expires_after));
    put_names(out, draft.names);
    out.put_tag("bh", codec::encode_base64(draft.body_hash));
    out.break_line();
    out.put("b=", false);
    return std::move(out).take();
}

std::string with_value(std::string field, std::string_view signature) {
    std::string const value = codec::encode_base64(signature);
    std::size_t room = columns - fold_columns - std::string_view("b=").size();
    for (std::size_t at = 0; at < value.size(); at += room, room = columns - fold_columns) {
        if (at > 0) field += fold;
        field.append(value, at, room);
    }
    return field += "\r\n";
}

}  // namespace postrider::dkim
