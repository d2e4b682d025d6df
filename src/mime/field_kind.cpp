#include "field_kind.hpp"

#include <postrider/core/ascii.hpp>

#include "characters.hpp"

namespace postrider::mime {
namespace {

struct known_field {
    std::string_view name;
    field_kind kind;
};

constexpr field_kind text{field_form::text, false};
constexpr field_kind one_text{field_form::text, true};
constexpr field_kind addresses{field_form::addresses, false};
constexpr field_kind one_addresses{field_form::addresses, true};
constexpr field_kind parameters{field_form::parameterized, true};
constexpr field_kind tokens{field_form::tokens, false};
constexpr field_kind one_tokens{field_form::tokens, true};

constexpr known_field known_fields[] = {
    {"From", one_addresses},
    {"To", one_addresses},
    {"Cc", one_addresses},
    {"Bcc", one_addresses},
    {"Sender", one_addresses},
    {"Reply-To", one_addresses},
    {"Subject", one_text},
    {"Date", one_tokens},
    {"Message-ID", one_tokens},
    {"In-Reply-To", one_tokens},
    {"References", one_tokens},
    {"MIME-Version", one_tokens},
    {"Content-Type", parameters},
    {"Content-Disposition", parameters},
    {"Content-Transfer-Encoding", one_tokens},
    {"Content-ID", one_tokens},
    {"Content-Location", one_tokens},
    {"Content-Description", one_text},
    {"Content-Language", one_tokens},
    {"Resent-From", addresses},
    {"Resent-To", addresses},
    {"Resent-Cc", addresses},
    {"Resent-Bcc", addresses},
    {"Resent-Sender", addresses},
    {"Resent-Date", tokens},
    {"Resent-Message-ID", tokens},
    {"Return-Path", tokens},
    {"Received", tokens},
    {"Disposition-Notification-To", addresses},
    {"Auto-Submitted", tokens},
    {"List-Unsubscribe", tokens},
    {"List-Unsubscribe-Post", tokens},
    {"List-Subscribe", tokens},
    {"List-Help", tokens},
    {"List-Post", tokens},
    {"List-Archive", tokens},
    {"List-Owner", tokens},
    {"DKIM-Signature", tokens},
    {"Authentication-Results", tokens},
};

}  // namespace

field_kind kind_of(std::string_view field_name) noexcept {
    for (auto const& known : known_fields)
        if (ascii::equal_without_case(known.name, field_name)) return known.kind;
    return text;
}

bool is_content_field(std::string_view field_name) noexcept {
    return starts_without_case(field_name, "Content-");
}

}  // namespace postrider::mime
