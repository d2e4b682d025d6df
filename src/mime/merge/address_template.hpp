#pragma once
#include <postrider/mime/address.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "row_values.hpp"
#include "template_text.hpp"

namespace postrider::mime::merge {

struct mailbox_template {
    template_text name;
    template_text address;

    /// One addr-spec; blanks around a value that is all of it do not count.          failures: bad_address and a value's
    void fill_address(std::string& room, row_values& values) const;
};

struct entry_template {
    bool is_group = false;
    template_text name;
    std::vector<mailbox_template> mailboxes;
};

bool any_template(std::vector<address_entry> const& entries) noexcept;

/// Addresses as a message holds them, those without holes too.                             Throws mime::error: bad_hole
std::vector<entry_template> address_templates(std::vector<address_entry> const& entries, std::string_view place,
                                              column_names const* columns);

}  // namespace postrider::mime::merge
