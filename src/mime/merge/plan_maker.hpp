#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "../renderer.hpp"
#include "slots.hpp"

namespace postrider::mime::merge {

/// What a plan is made of.
struct plan_parts {
    std::vector<slot_ptr> slots;
    std::string message_id;  ///< the template's own, without holes; empty where each row has another
    bool has_8bit = false;
    bool needs_smtputf8 = false;
    bool wants_date = false;
};

/// Renders a template: what has no holes becomes common slots, and every gap a slot of its own.
class plan_maker final : public gap_taker {
public:
    plan_maker(column_names const& columns, std::string_view tag) : columns_(columns), tag_(tag) {}

    /// Throws mime::error: bad_hole; what `render` throws.
    plan_parts make(message const& mail, postrider::host const& from, bool keep_bcc);

private:
    bool takes(field const& one) override;
    void take_date() override;
    void take_message_id(std::string_view domain) override;
    std::optional<body_form> takes_body(message const* leaf, std::string_view type, text_content const& text,
                                        bool alone) override;
    void gap(wire common) override;
    void add(wire common);

    column_names const& columns_;
    std::string_view tag_;
    plan_parts parts_;
    slot_ptr taken_;  // what goes into the next gap
};

/// The date of a row, and an identifier of its own. `tag` tells plans apart.
slot_ptr date_slot();
slot_ptr message_id_slot(std::string_view tag, std::string_view domain);

}  // namespace postrider::mime::merge
