#pragma once
#include <cstddef>
#include <postrider/mime/header_field.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "phrase.hpp"

namespace postrider::mime {

/// Writes header fields as they go out: encoded, folded and ended with CRLF. Lines have 78 octets at most where a
/// blank allows it, 998 always, but for `keep_to`. Every field body was checked when it entered the message: it holds no control
/// character, and this adds none but its own folds.                                  RFC 5322 §2.1.1, §2.2.3; RFC 2047
class header_writer {
public:
    explicit header_writer(std::string& out) noexcept : out_(out) {}

    /// Other lines than those of 78 octets, 0 for one line a field; and UTF-8 as it is instead of encoded-words and
    /// extended parameters.                                                                          RFC 6532 §3.2
    void keep_to(std::size_t octets, bool utf8) noexcept;

    /// Addresses without UTF-8: a domain in A-labels; and where the local part has no such form, in the place of the
    /// address a group that tells of it and holds nobody. From and Sender need their author, and keep UTF-8 then.
    void keep_addresses_to_ascii() noexcept { ascii_addresses_ = true; }  // RFC 6857 §3.2.1

    void put(field const& one);

    void text(std::string_view name, std::string_view body);
    void tokens(std::string_view name, std::string_view body);
    void addresses(std::string_view name, std::vector<address_entry> const& entries);

    /// A list of addresses, one at a time, left open: `address` and `open_group` may add to it until `end`.
    void open_list(std::string_view name);
    void address(std::string_view name, std::string_view addr_spec);
    void open_group(std::string_view name);
    void close_group();

    /// A value and parameters, left open: `parameter` may add to it until `end`.
    void open(std::string_view name, parameterized const& body, std::string_view without = {});
    void parameter(mime::parameter const& one);
    void quoted_parameter(std::string_view name, std::string_view value);
    void end();

    /// Whether an address with UTF-8 in it was written as it is.                                        RFC 6532
    bool wrote_utf8() const noexcept { return wrote_utf8_; }

private:
    void begin(std::string_view name);
    void unfold();
    phrase_form form_of_name(std::string_view name) const noexcept;
    void phrase(std::string_view name, phrase_form form);
    void fold(std::string_view blanks);
    void put_word(std::string_view blanks, std::string_view word, bool first);
    void put_encoded(std::string_view blanks, std::string_view words, bool first);
    void mailbox(std::string_view name, std::string_view addr_spec);
    void tell_of_address(std::string_view name, std::string_view addr_spec);
    void put_address(std::string_view address, bool in_angles);
    void separate();
    void next_in_list(std::size_t octets);

    std::string& out_;
    std::size_t column_ = 0;
    std::size_t field_begin_ = 0;
    std::size_t line_octets_ = 78;
    bool folds_ = true;
    bool keeps_utf8_ = false;
    bool ascii_addresses_ = false;
    bool in_group_ = false;
    bool takes_groups_ = true;  // of our making, in the list that is open
    bool list_begins_ = true;   // nothing stands in it yet, that a comma would separate
    bool wrote_utf8_ = false;
};

}  // namespace postrider::mime
