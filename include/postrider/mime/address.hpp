#pragma once
#include <concepts>
#include <initializer_list>
#include <iosfwd>
#include <optional>
#include <postrider/core/result.hpp>
#include <postrider/mime/error.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Addresses of RFC 5322 §3.4 and RFC 6532.
///     mailbox = [display-name] "<" addr-spec ">" / addr-spec
///     group   = display-name ":" [mailbox-list] ";"
namespace postrider::mime {

/// `Name <a@b>`, or `a@b` when the name is empty. The name is plain UTF-8: quoting and encoding belong to rendering.
struct mailbox {
    std::string name;
    std::string address;  ///< addr-spec

    std::string_view local_part() const noexcept;
    std::string_view domain() const noexcept;
    friend bool operator==(mailbox const&, mailbox const&) = default;
};

struct group {
    std::string name;
    std::vector<mailbox> members;
    friend bool operator==(group const&, group const&) = default;
};

/// A mailbox-list or address-list as it was written: groups keep their place; a lone mailbox is a group without a name
/// and `is_group` false.
struct address_entry {
    bool is_group = false;
    std::string name;                ///< of the group
    std::vector<mailbox> mailboxes;  ///< one, or the group's members
    friend bool operator==(address_entry const&, address_entry const&) = default;
};

/// Strict: one addr-spec, nothing around it. Refuses controls, a second "@", empty labels. Domain literals and quoted
/// local parts are fine, and so is UTF-8 (RFC 6532).          errors: errc::bad_address, ::control_character
result<std::string> parse_addr_spec(std::string_view text);

/// One mailbox; a display name may be an atom phrase, a quoted-string, encoded-words, or bare UTF-8.
result<mailbox> parse_mailbox(std::string_view text);

/// A list, comma-separated, with groups, comments, obsolete routes and empty members. Linear in time.
result<std::vector<address_entry>> parse_address_list(std::string_view text);

/// What is given where addresses are asked for. Text is a list as parse_address_list reads it.
///     to("Ann <ann@example.net>, bob@example.net")     to(mailbox{"测试", "you@example.net"})
///     to({"ann@example.net", "bob@example.net"})       to({mailbox{...}, mailbox{...}})       to(group{"Us", {...}})
/// Throws mime::error: bad_address, control_character. An empty list is fine.
class address_list {
public:
    address_list() = default;
    template <class Text>
    requires std::convertible_to<Text const&, std::string_view> address_list(Text const& list)
        : address_list(parsed{}, std::string_view(list)) {}
    address_list(mailbox one);
    address_list(group one);
    address_list(std::vector<mailbox> const& many);
    address_list(std::vector<address_entry> entries);
    address_list(std::initializer_list<mailbox> many);
    address_list(std::initializer_list<std::string_view> many);

    std::vector<address_entry> const& entries() const& noexcept { return entries_; }
    std::vector<address_entry>&& entries() && noexcept { return std::move(entries_); }

private:
    struct parsed {};
    address_list(parsed, std::string_view list);
    std::vector<address_entry> entries_;
};

/// All mailboxes of a list, groups flattened.
std::vector<mailbox> mailboxes(std::vector<address_entry> const&);

/// `Name <a@b>`, the name quoted or encoded as needed (RFC 2047, words of 75 octets at most).
std::string to_string(mailbox const&);
/// `Name: A <a@b>, c@d;`
std::string to_string(group const&);
std::ostream& operator<<(std::ostream&, mailbox const&);

// As email.utils has them
std::string formataddr(std::pair<std::string, std::string> const& name_and_address, std::string_view charset = "utf-8");
/// {"", ""} for what is no single address. Not strictly: the first one that parse_address_field finds sound.
std::pair<std::string, std::string> parseaddr(std::string_view text, bool strict = true);
/// {{"", ""}} where any field is malformed. Not strictly: all that is sound in them.
std::vector<std::pair<std::string, std::string>> getaddresses(std::vector<std::string> const& fields,
                                                              bool strict = true);

}  // namespace postrider::mime
