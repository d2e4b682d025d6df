#pragma once
#include <doctest/doctest.h>

#include <postrider/lint.hpp>
#include <string>
#include <string_view>

/// Mail for the checks: one that has nothing wrong with it, and changes to it.
namespace lint_test {

using namespace postrider;

/// A machine whose clock stands still, on Friday, 20 November 2026, 10:00 UTC.
class fixed_host final : public host {
public:
    time_point now() const override {
        return std::chrono::sys_days(std::chrono::year(2026) / 11 / 20) + std::chrono::hours(10);
    }
    std::chrono::seconds utc_offset(time_point) const override { return std::chrono::seconds(0); }
    void random(std::span<char> room) const override { std::fill(room.begin(), room.end(), 'r'); }
    std::string name() const override { return "host.example.com"; }
    result<octet_source_ptr> open(std::filesystem::path const&) const override {
        return make_error_code(std::errc::no_such_file_or_directory);
    }
};

inline std::string crlf(std::string_view text) {
    std::string lines;
    for (char c : text) lines += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return lines;
}

inline constexpr std::string_view good_header =
    "From: Ann Author <ann@example.com>\n"
    "To: Bob <bob@example.net>\n"
    "Subject: A letter\n"
    "Date: Fri, 20 Nov 2026 09:59:00 +0000\n"
    "Message-ID: <1@example.com>\n"
    "MIME-Version: 1.0\n";

/// A message with that header, other fields behind it, and a text.
inline std::string plain(std::string_view fields = {}, std::string_view text = "Good morning.\n") {
    return crlf(std::string(good_header) + std::string(fields) + "\n" + std::string(text));
}

/// The good header with one field's line in another's place, or gone.
inline std::string with(std::string_view field, std::string_view line, std::string_view text = "Good morning.\n") {
    std::string mail(good_header);
    auto const at = mail.find(std::string(field) + ":");
    mail.replace(at, mail.find('\n', at) + 1 - at, line);
    return crlf(mail + "\n" + std::string(text));
}

/// HTML and the text that says the same.
inline std::string html(std::string_view body, std::string_view text = "Good morning.\n",
                        std::string_view fields = {}) {
    return crlf(std::string(good_header) + std::string(fields) +
                "Content-Type: multipart/alternative; boundary=b\n\n"
                "--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" +
                std::string(text) +
                "\n--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" +
                std::string(body) + "\n--b--\n");
}

/// The same within a multipart/related, with a part behind it.
inline std::string html_with_part(std::string_view body, std::string_view part) {
    return crlf(std::string(good_header) +
                "Content-Type: multipart/related; boundary=r\n\n"
                "--r\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" +
                std::string(body) + "\n--r\n" + std::string(part) + "\n--r--\n");
}

inline lint::report examined(std::string_view octets, std::optional<lint::envelope> envelope = {},
                             lint::outside const& calls = {}) {
    lint::subject subject;
    subject.octets = octets;
    subject.envelope = std::move(envelope);
    return lint::examine(subject, calls, fixed_host());
}

/// "pass", "warning", ...; "" where the check was not made.
inline std::string level_of(lint::report const& report, std::string_view id) {
    auto* found = report.find(id);
    return found ? std::string(to_string(found->level)) : std::string();
}

/// The fault is found in one message and not in the other; in a sentence without holes.
inline void finds(std::string_view id, lint::report const& faulty, lint::report const& fine) {
    CAPTURE(id);
    auto* found = faulty.find(id);
    REQUIRE(found);
    CHECK(found->count > 0);
    CHECK(found->level != lint::level::pass);
    CHECK(found->title() == found->of->fails);
    CHECK(found->detail().find('{') == std::string::npos);
    CHECK(level_of(fine, id) == "pass");
}

inline void finds(std::string_view id, std::string_view faulty, std::string_view fine) {
    finds(id, examined(faulty), examined(fine));
}

}  // namespace lint_test
