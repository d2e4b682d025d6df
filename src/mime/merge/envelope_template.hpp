#pragma once
#include <postrider/mime/envelope.hpp>
#include <postrider/mime/message.hpp>
#include <string>
#include <vector>

#include "address_template.hpp"

namespace postrider::mime::merge {

/// Who sends to whom, for each row.
class envelope_template {
public:
    /// Throws mime::error: missing_sender, no_recipient, bad_hole.
    envelope_template(message const& mail, column_names const& columns);

    void fill(mail_envelope& filled, row_values& values) const;

private:
    mailbox_template originator_;
    std::vector<mailbox_template> recipients_;
};

}  // namespace postrider::mime::merge
