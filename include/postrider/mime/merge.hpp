#pragma once
#include <boost/assert/source_location.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <postrider/mime/envelope.hpp>
#include <postrider/mime/message.hpp>
#include <postrider/mime/render.hpp>
#include <postrider/mime/wire.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Group mail: one message with named holes, and a row of values for each recipient.
///
///     mime::message mail;
///     mail.from("Shop <shop@example.com>").subject("{{name}}, your code").attach_file("terms.pdf");
///     mail.set_field({"To", mime::merge_addresses("{{name}} <{{email}}>")});
///     mail.text("Dear {{name|customer}},\n\nyour code is {{code}}.\n");
///     mime::merge_plan plan(mail, {"name", "email", "code"});
///     auto wire = plan.render({1, {"Ann", "ann@example.net", "X-17"}});
///
///     mime::merge_letter letter;                               // or, for who sends one after the other:
///     while (rows->next(row).value()) {
///         plan.fill(letter, row).value();
///         hand_over(letter.envelope(), letter.wire());
///     }
///
/// What all rows have in common is rendered once, by the constructor. A row's wire is a list of pieces: shared ones, and
/// the row's own octets between them. Nothing else is copied, and no attachment is touched again.
///
/// # Holes
///     hole     = "{{" name [ "|" fallback ] "}}"
///     raw-hole = "{{{" name [ "|" fallback ] "}}}"       in HTML only: the value is markup, and goes in as it is
///     braces   = "{{{{"                                  stands for "{{"
/// A name is a column's, blanks around it aside: anything but braces, "|" and controls. An empty value takes the
/// fallback, which may itself be empty; without a fallback it is a failure of that row. What begins as a hole and is
/// none is an error when the plan is made: nothing is ever sent with a hole left open.
///
/// Holes may stand in field bodies of the message and its parts (unstructured ones, addresses, parameters, identifiers
/// and URLs), and in bodies of text/plain and text/html that are no attachments. A value is never read as a template.
///
/// | in | a value |
/// |---|---|
/// | a field | is encoded and folded with the field; a control character, CR and LF among them, is the row's failure |
/// | an address | has to make one addr-spec; a display name is quoted or encoded as needed |
/// | an identifier or a URL of a List- field | has to be ASCII without blanks and delimiters; inside a URL it is percent-encoded |
/// | text | goes in as it is; its line ends become CRLF |
/// | HTML | has & < > " ' as entities; attribute values with holes must stand in quotes; in a URL behind its beginning it is percent-encoded, at its beginning it must not be a script |
/// Holes in tags' and attributes' names, in script, style and event handlers are errors, but for raw ones.
///
/// Bodies with holes travel in quoted-printable or base64, whichever suits the template, so that no value makes a line
/// too long or a boundary: neither of the two can hold one.
namespace postrider::mime {

/// One recipient's values, one for each column, in the columns' order.
struct merge_row {
    std::uint64_t number = 0;              ///< which row of the data, from 1 on: failures and Message-ID tell it
    std::vector<std::string_view> values;  ///< UTF-8; views of the caller's octets
    std::string defect{};                  ///< why the row cannot be used at all, for people; mostly empty
    std::uint64_t line = 0;                ///< of the data, where the row begins; 0 where there are no lines
};

/// Why a row cannot be sent. The next may be fine.
struct merge_failure {
    errc code{};       ///< missing_value, control_character, bad_address, unencodable, bad_field_body, bad_data
    std::string what;  ///< for people: which hole, where, and why
};

/// A list of addresses with holes in it, as set_field takes it: `{{email}}`, `{{name}} <{{email}}>`,
/// `"{{last}}, {{first}}" <{{user}}@example.com>`, with commas between several. No groups, no comments.
/// Throws mime::error: bad_address, bad_hole, control_character.
std::vector<address_entry> merge_addresses(std::string_view list);

/// The names of the columns that the holes of a message name, each once, in no order that means anything.
/// Throws mime::error: bad_hole.
struct merge_hole {
    std::string name;
    bool has_fallback = false;  ///< everywhere
};
std::vector<merge_hole> merge_holes(message const& mail);

namespace merge {
struct row_memory;
class row_values;
}  // namespace merge

/// One row's letter: its wire, and who sends it to whom. To fill one letter again and again costs no allocations once
/// it has grown. What copied its wire, or still reads it, keeps what it had: the letter then gets other memory.
class merge_letter {
public:
    merge_letter();
    ~merge_letter();
    merge_letter(merge_letter&&) noexcept;
    merge_letter& operator=(merge_letter&&) noexcept;

    mail_envelope const& envelope() const noexcept { return envelope_; }
    mime::wire const& wire() const noexcept { return wire_; }

private:
    friend class merge_plan;
    mail_envelope envelope_;
    mime::wire wire_;
    std::shared_ptr<merge::row_memory> memory_;  // which the wire's pieces stand in
};

/// A message with holes, made ready for any number of rows. Immutable but for `date`; copies share what is common, and
/// `render` may be called from many threads.
class merge_plan {
public:
    /// Renders what is common. Options as for `render`; the host also gives the tag that makes the boundaries and
    /// Message-IDs of this plan its own.
    /// Throws mime::error: bad_hole, naming the hole and its place; what `render` throws.
    merge_plan(message const& mail, std::vector<std::string> columns, render_options const& options = {});
    ~merge_plan();
    merge_plan(merge_plan const&);
    merge_plan& operator=(merge_plan const&);
    merge_plan(merge_plan&&) noexcept;
    merge_plan& operator=(merge_plan&&) noexcept;

    std::vector<std::string> const& columns() const noexcept;

    /// The Date of rows from now on, unless the message has one of its own. At first the time when the plan was made.
    void date(std::chrono::system_clock::time_point when, std::chrono::seconds utc_offset);

    /// One row's message, ready to be written. Its Message-ID, unless the template has one, is made from the row and
    /// its number: the same row gives the same octets again, another row never the same Message-ID.
    result<wire, merge_failure> render(merge_row const& row) const;

    /// Who sends to whom: as envelope_of, with the row's values in To, Cc, Bcc, Sender and From.
    result<mail_envelope, merge_failure> envelope(merge_row const& row) const;

    /// Both at once, for who sends one letter after the other. After a failure the letter is not to be used before it
    /// is filled again.                                                              Throws what `envelope` throws.
    result<void, merge_failure> fill(merge_letter& letter, merge_row const& row) const;

    /// The octets of `render`, in one string.
    result<std::string, merge_failure> preview(merge_row const& row) const;

private:
    std::optional<merge_failure> write(merge_letter& letter, merge::row_values& values) const;

    struct common;
    std::shared_ptr<common const> common_;
    std::string date_;  // the field's body
};

/// `result::value()` throws a mime::error with the failure's code and words.
[[noreturn]] void throw_exception_from_error(merge_failure const&, boost::source_location const&);

}  // namespace postrider::mime
