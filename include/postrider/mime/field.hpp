#pragma once
#include <cstddef>
#include <iterator>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/defect.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Header fields as they stand in a message.                                                             RFC 5322 §2.2
///     field      = field-name ":" field-body CRLF
///     field-name = 1*(%d33-57 / %d59-126)
namespace postrider::mime {

/// One field, undecoded. A view: it lives as long as the octets it was found in.
struct field_view {
    std::string_view name;  ///< as written, case kept
    std::string_view
        body;  ///< as written: from behind the colon to the last octet before the final line end, folds included
    std::size_t offset = 0;  ///< of the name, from the beginning of the message
};

/// Compares field names, which know no case.
constexpr bool same_name(std::string_view a, std::string_view b) noexcept {
    return ascii::equal_without_case(a, b);
}

/// The fields of one header section, found as one goes: nothing is copied or stored. Lines that belong to no field are
/// passed over. Lists limits::header_fields fields at most, and none that ends beyond limits::header_octets.
class header_view {
public:
    class iterator {
    public:
        using value_type = field_view;
        using reference = field_view const&;
        using pointer = field_view const*;
        using difference_type = std::ptrdiff_t;
        using iterator_category = std::forward_iterator_tag;

        iterator() = default;
        reference operator*() const noexcept { return field_; }
        pointer operator->() const noexcept { return &field_; }
        iterator& operator++();
        iterator operator++(int);
        friend bool operator==(iterator const& a, iterator const& b) noexcept {
            return a.field_.name.data() == b.field_.name.data();
        }

    private:
        friend class header_view;
        std::string_view octets_;  // of the section
        std::size_t base_ = 0;     // where the section begins in the message
        std::size_t next_ = 0;     // where to look on, from the section's beginning
        std::size_t listed_ = 0;
        field_view field_;  // no name at the end
    };

    header_view() = default;
    /// `octets`   of the section, the blank line behind it not included; `base`, where they begin in the message.
    header_view(std::string_view octets, std::size_t base) noexcept : octets_(octets), base_(base) {}

    iterator begin() const;
    iterator end() const noexcept { return {}; }

    /// The first field of that name, which is the one that counts; end() when there is none.
    iterator find(std::string_view name) const;

private:
    std::string_view octets_;
    std::size_t base_ = 0;
};

/// The field body without its folds (the line ends go, the blanks stay) and without blanks in front.       RFC 5322
/// §2.2.3
std::string unfold(std::string_view field_body);

/// A field body for people: unfolded, in UTF-8, encoded-words decoded. In the fields that hold addresses a word is
/// decoded after the body was cut into tokens, so that one that decodes to "," or "<" stays inside its (quoted)
/// display name. Control characters are shown as escapes ("\x0d"). Untrusted text all the same. Linear in time.
/// `charset_of_raw`   what 8-bit octets are read as that stand in the field as they are and are no UTF-8, if it makes
///                    sense of all of them; else, and without it, that is windows-1252. The defect undeclared_charset.
struct decoded_field {
    std::string value;
    std::vector<defect_kind> defects;
};
decoded_field decode_field(field_view const&, std::string_view charset_of_raw = {});

}  // namespace postrider::mime
