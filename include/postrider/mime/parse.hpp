#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <postrider/mime/content_type.hpp>
#include <postrider/mime/defect.hpp>
#include <postrider/mime/field.hpp>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Reading a message: a view of its structure over octets that belong to the caller.                RFC 5322, RFC
/// 2045-2049
///
/// Lines end with CRLF or LF, also mixed; a lone CR is content, as it is to every mail server. NUL and 8-bit octets are
/// content anywhere. A leading mbox "From " line is set aside.
namespace postrider::mime {

struct field_place;
struct node;
struct structure;
class parsed_message;

/// From `begin` up to and not including `end`, counted from the message's first octet.
struct octet_range {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t size() const noexcept { return end - begin; }
    friend bool operator==(octet_range const&, octet_range const&) = default;
};

/// A leaf's octets after transfer decoding. Where nothing needed decoding it is a view into the message.
class decoded_content {
public:
    explicit decoded_content(std::string_view as_it_is) noexcept : view_(as_it_is) {}
    explicit decoded_content(std::string decoded) noexcept : owned_(std::move(decoded)) {}

    std::string_view octets() const noexcept { return owned_ ? std::string_view(*owned_) : view_; }
    std::vector<defect> defects;

private:
    std::string_view view_;
    std::optional<std::string> owned_;
};

struct decoded_text {
    std::string text;  ///< UTF-8; line ends as they are in the content
    std::vector<defect> defects;
};

/// One body part, the message itself being the first: a handle, cheap to copy. What it tells is found or decoded at the
/// call and not kept; views it returns point into the message's octets. Valid while a copy of its parsed_message lives.
class parsed_part {
public:
    std::size_t index() const noexcept { return index_; }  ///< in parsed_message::parts; parents come before children
    std::size_t depth() const noexcept;                    ///< 0 for the message itself
    std::optional<parsed_part> parent() const noexcept;
    std::vector<parsed_part> children() const;

    /// A multipart with at least one part, or a message/rfc822 or message/global that is not encoded. All else are
    /// leaves.
    bool is_container() const noexcept;

    /// The part as it was written: header, blank line and body. Of the first child of a multipart/signed this is octet
    /// for octet what the signature covers (RFC 1847 §2.1), but for line ends that are LF in the message.
    octet_range range() const noexcept;
    std::string_view octets() const noexcept;

    octet_range header_range() const noexcept;  ///< the fields, without the blank line behind them
    octet_range body_range() const noexcept;    ///< of a container too; a delimiter's own line end is not in it
    header_view fields() const noexcept;
    std::string_view body() const noexcept;      ///< undecoded
    std::string_view preamble() const noexcept;  ///< of a multipart: what stands before its first delimiter ...
    std::string_view epilogue() const noexcept;  ///< ... and behind its last

    /// The first field of that name, decoded as decode_field does.
    std::optional<std::string> value(std::string_view field_name) const;

    /// "type/subtype" in lower case, never empty: what the field says, or the default of RFC 2045 §5.2 (in a digest, of
    /// RFC 2046 §5.1.5) where it is missing or makes no sense.
    std::string content_type() const;
    /// The whole field; with the default value and no parameters where it is missing.
    structured_field content_type_field() const;
    std::optional<structured_field> disposition_field() const;

    std::optional<std::string> charset() const;      ///< as declared, in lower case
    std::optional<std::string> disposition() const;  ///< "inline", "attachment", ... in lower case
    /// `filename` of Content-Disposition, else `name` of Content-Type. Untrusted: it may hold path separators.
    std::optional<std::string> filename() const;
    std::optional<std::string> content_id() const;  ///< without its angle brackets
    std::string transfer_encoding() const;          ///< in lower case; "7bit" where it is missing

    bool is_text() const;  ///< a leaf whose type is text/*

    /// Of a leaf; of a container, its body as it is.
    decoded_content content() const;
    /// The content in UTF-8, whatever the type. Without a charset, or with one that is not known, it is read as UTF-8.
    decoded_text text() const;
    decoded_text text(decoded_content const&) const;  ///< the same, for content that is at hand

    /// The charset that raw 8-bit octets in this part's header are guessed to be of when they are no UTF-8: what the
    /// part or the first part inside it that says so declares, else windows-1252.
    std::string header_charset() const;

    /// Opens a leaf that is a message or a multipart in transfer encoding (encoded_message,
    /// invalid_multipart_content_transfer_encoding): its content, decoded and parsed by itself. A multipart that is
    /// labelled as encoded and shows its delimiters all the same is read as it stands. What is returned owns its
    /// octets; its depth counts on from this part's. Nothing for any other part, and behind limits::parse_depth and
    /// limits::encoded_messages.
    std::optional<parsed_message> open_encoded() const;

    /// What was found while the structure was read, in order of kind's first appearance; content() and text() tell
    /// theirs.
    std::span<defect const> defects() const noexcept;
    /// All there are to find: of the structure, the fields, the content and the text. Decodes everything.
    std::vector<defect> all_defects() const;

    friend bool operator==(parsed_part const&, parsed_part const&) = default;

private:
    friend class parsed_message;
    parsed_part(structure const& of, std::size_t index) noexcept : structure_(&of), index_(index) {}

    node const& self() const noexcept;
    std::string_view text_of(field_place) const noexcept;
    std::string charset_for(std::string_view field_body) const;
    structured_field content_type_field(std::string_view charset_of_raw) const;

    structure const* structure_;
    std::size_t index_;
};

/// The structure of one message. A value; copies share it. It holds no octets, unless a message_parser or open_encoded()
/// made it: those are the caller's, and must outlive it and every view taken from it. Takes some hundred octets for each
/// part, and nothing for each field.
class parsed_message {
public:
    std::string_view octets() const noexcept;
    std::string_view envelope_line() const noexcept;  ///< a leading mbox "From " line without its line end, or empty

    parsed_part root() const noexcept { return part(0); }
    std::size_t part_count() const noexcept;  ///< at least one
    parsed_part part(
        std::size_t index) const noexcept;  ///< `index` below part_count(); depth first, as they are written

private:
    friend parsed_message make_parsed(structure found);
    explicit parsed_message(std::shared_ptr<structure const> found) noexcept : structure_(std::move(found)) {}

    std::shared_ptr<structure const> structure_;
};

struct parse_options {
    /// Reads the message's own header and stops at the blank line: the rest is one body, whatever its type.
    bool headers_only = false;
};

/// Total: whatever the octets are, there is a message, and what was wrong with it stands in the defects. Linear in time
/// and without recursion. Descends into multipart/*, message/rfc822 and message/global, limits::parse_depth deep and
/// limits::parse_parts wide; a limit reached is a defect, and what lies behind it one opaque leaf. Where delimiter
/// lines of several multiparts are alike, the outermost takes them (RFC 2046 §5.1.2). Throws nothing but
/// std::bad_alloc.
parsed_message parse(std::string_view octets, parse_options options = {});

}  // namespace postrider::mime
