#include <array>
#include <chrono>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/date_field.hpp>

#include "letter.hpp"
#include "words.hpp"

/// The fields that a message has of its own: Date, Message-ID, recipients, and those that may stand once.
namespace postrider::lint {
namespace {

using days = std::chrono::duration<std::int64_t, std::ratio<86400>>;

constexpr std::chrono::hours clocks_differ{12};
constexpr days old{7};

// RFC 5322 §3.6, and MIME's own.
constexpr std::array<std::string_view, 19> single{"Bcc",
                                                  "Cc",
                                                  "Content-Description",
                                                  "Content-Disposition",
                                                  "Content-ID",
                                                  "Content-Transfer-Encoding",
                                                  "Content-Type",
                                                  "Date",
                                                  "From",
                                                  "In-Reply-To",
                                                  "List-Id",
                                                  "List-Unsubscribe",
                                                  "Message-ID",
                                                  "References",
                                                  "MIME-Version",
                                                  "Reply-To",
                                                  "Sender",
                                                  "Subject",
                                                  "To"};

void check_nearness(letter const& mail, mime::field_view const& field, codec::date_time const& date, findings& found) {
    auto const ahead = date.when - std::chrono::floor<std::chrono::seconds>(mail.host.now());
    bool const future = ahead > std::chrono::seconds(0);
    auto const distance = std::chrono::duration_cast<days>(future ? ahead : -ahead);
    found.made("date-near");
    if (ahead < clocks_differ && -ahead < old) return;
    found.fault_of("date-near", future ? level::warning : level::notice,
                   {{"date", mime::unfold(field.body)},
                    {"days", distance.count()},
                    {"direction", std::string_view(future ? "ahead" : "ago")}},
                   in_header(field));
}

void check_date(letter const& mail, findings& found) {
    auto const field = mail.field("Date");
    found.judge("date-present", field.has_value());
    if (!field) return;
    auto const date = mime::parse_date_field(field->body);
    found.judge("date-form", date.value.has_value(), {{"date", mime::unfold(field->body)}}, in_header(*field));
    if (date.value) check_nearness(mail, *field, *date.value, found);
}

bool is_msg_id(std::string_view text) {
    auto const at = text.find('@');
    return text.starts_with('<') && text.ends_with('>') && at != text.npos && at > 1 && at + 2 < text.size() &&
           text.find_first_of(" \t<", 1) == text.npos;
}

void check_message_id(letter const& mail, findings& found) {
    auto const field = mail.field("Message-ID");
    found.judge("message-id-present", field.has_value());
    if (!field) return;
    auto const unfolded = mime::unfold(field->body);
    auto const id = trimmed(unfolded);
    found.judge("message-id-form", is_msg_id(id), {{"id", id}}, in_header(*field));
    if (!is_msg_id(id)) return;
    auto const domain = ascii::lower(id.substr(id.find('@') + 1, id.size() - id.find('@') - 2));
    bool const full = domain.starts_with('[') || (domain.find('.') != domain.npos && !domain.ends_with(".local") &&
                                                  !domain.ends_with(".localdomain"));
    found.judge("message-id-domain", full, {{"domain", domain}}, in_header(*field));
}

void check_singletons(letter const& mail, findings& found) {
    std::array<std::size_t, single.size()> times{};
    std::array<std::size_t, single.size()> offsets{};
    for (auto const& field : mail.root.fields())
        for (std::size_t i = 0; i < single.size(); ++i)
            if (mime::same_name(field.name, single[i])) ++times[i], offsets[i] = field.offset;
    found.made("singletons");
    for (std::size_t i = 0; i < single.size(); ++i)
        if (times[i] > 1)
            found.fault("singletons", {{"header", single[i]}, {"times", times[i]}},
                        {{}, std::string(single[i]), {}, offsets[i]});
}

void check_mime_version(letter const& mail, findings& found) {
    bool const has_mime = mail.field("Content-Type") || mail.field("Content-Transfer-Encoding");
    if (has_mime) found.judge("mime-version", mail.field("MIME-Version").has_value());
}

}  // namespace

void check_own_fields(letter const& mail, findings& found) {
    check_date(mail, found);
    check_message_id(mail, found);
    found.judge("recipients-present", mail.field("To") || mail.field("Cc"));
    check_singletons(mail, found);
    auto const bcc = mail.field("Bcc");
    found.judge("bcc-absent", !bcc, {}, bcc ? in_header(*bcc) : place());
    check_mime_version(mail, found);
}

}  // namespace postrider::lint
