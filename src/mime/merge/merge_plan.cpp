#include <array>
#include <boost/assert/source_location.hpp>
#include <chrono>
#include <optional>
#include <postrider/codec/date.hpp>
#include <postrider/core/digest.hpp>
#include <postrider/mime/error.hpp>
#include <postrider/mime/merge.hpp>
#include <set>
#include <utility>

#include "envelope_template.hpp"
#include "plan_maker.hpp"

namespace postrider::mime {

struct merge_plan::common {
    std::vector<std::string> columns;
    merge::plan_parts parts;
    std::size_t pieces = 0;
    std::optional<merge::envelope_template> envelope;  // nothing where the template names nobody

    std::optional<merge_failure> misfit(merge_row const& row) const;
};

namespace {

std::string random_tag(host const& from) {
    std::array<char, 16> random;
    from.random(random);
    return to_hex({random.data(), random.size()});
}

[[noreturn]] void throw_no_recipient() {
    throw error(errc::no_recipient, "the message has neither To, Cc nor Bcc");
}

bool names_recipients(message const& mail) noexcept {
    return mail.contains("To") || mail.contains("Cc") || mail.contains("Bcc");
}

}  // namespace

merge_letter::merge_letter() = default;
merge_letter::~merge_letter() = default;
merge_letter::merge_letter(merge_letter&&) noexcept = default;
merge_letter& merge_letter::operator=(merge_letter&&) noexcept = default;

merge_plan::merge_plan(message const& mail, std::vector<std::string> columns, render_options const& options) {
    auto const& from = options.host ? *options.host : system_host();
    auto made = std::make_shared<common>();
    made->columns = std::move(columns);
    auto const tag = random_tag(from);
    made->parts = merge::plan_maker(made->columns, tag).make(mail, from, options.keep_bcc);
    for (auto const& one : made->parts.slots) made->pieces += one->pieces();
    if (names_recipients(mail)) made->envelope.emplace(mail, made->columns);
    common_ = std::move(made);
    auto const now = from.now();
    date(now, from.utc_offset(now));
}

merge_plan::~merge_plan() = default;
merge_plan::merge_plan(merge_plan const&) = default;
merge_plan& merge_plan::operator=(merge_plan const&) = default;
merge_plan::merge_plan(merge_plan&&) noexcept = default;
merge_plan& merge_plan::operator=(merge_plan&&) noexcept = default;

std::vector<std::string> const& merge_plan::columns() const noexcept {
    return common_->columns;
}

void merge_plan::date(std::chrono::system_clock::time_point when, std::chrono::seconds utc_offset) {
    date_ = codec::format_date(std::chrono::floor<std::chrono::seconds>(when), utc_offset);
}

std::optional<merge_failure> merge_plan::common::misfit(merge_row const& row) const {
    if (!row.defect.empty()) return merge_failure{errc::bad_data, row.defect};
    if (row.values.size() == columns.size()) return std::nullopt;
    return merge_failure{errc::bad_data, "the row has " + std::to_string(row.values.size()) +
                                             " values, and there are " + std::to_string(columns.size()) + " columns"};
}

result<wire, merge_failure> merge_plan::render(merge_row const& row) const {
    if (auto misfit = common_->misfit(row)) return std::move(*misfit);
    merge::row_values values(row, date_);
    merge_letter letter;
    if (auto failure = write(letter, values)) return std::move(*failure);
    return std::move(letter.wire_);
}

std::optional<merge_failure> merge_plan::write(merge_letter& letter, merge::row_values& values) const {
    auto pieces = letter.wire_.take_pieces();
    auto& memory = merge::emptied(letter.memory_);
    if (memory.plan != common_) memory.plan = common_;
    pieces.reserve(common_->pieces);
    merge::assembler out(memory, std::move(pieces));
    auto const& parts = common_->parts;
    for (auto const& one : parts.slots) {
        one->write(values, out);
        if (values.failed()) return std::move(values.failure());
    }
    auto& whole = letter.wire_;
    whole.set_pieces(out.take(), letter.memory_);
    whole.set_has_8bit(parts.has_8bit);
    whole.set_needs_smtputf8(parts.needs_smtputf8 || out.needs_smtputf8());
    whole.set_message_id(parts.message_id.empty() ? std::string_view(out.message_id()) : parts.message_id);
    return std::nullopt;
}

result<mail_envelope, merge_failure> merge_plan::envelope(merge_row const& row) const {
    if (!common_->envelope) throw_no_recipient();
    if (auto misfit = common_->misfit(row)) return std::move(*misfit);
    merge::row_values values(row);
    mail_envelope filled;
    common_->envelope->fill(filled, values);
    if (values.failed()) return std::move(*values.failure());
    return filled;
}

result<void, merge_failure> merge_plan::fill(merge_letter& letter, merge_row const& row) const {
    if (!common_->envelope) throw_no_recipient();
    if (auto misfit = common_->misfit(row)) return std::move(*misfit);
    merge::row_values values(row, date_);
    common_->envelope->fill(letter.envelope_, values);
    if (values.failed()) return std::move(*values.failure());
    if (auto failure = write(letter, values)) return std::move(*failure);
    return {};
}

result<std::string, merge_failure> merge_plan::preview(merge_row const& row) const {
    auto const whole = render(row);
    if (!whole) return whole.error();
    auto octets = whole->str();
    if (!octets) return merge_failure{errc::unreadable_file, octets.error().message()};
    return std::move(*octets);
}

void throw_exception_from_error(merge_failure const& failure, boost::source_location const&) {
    throw error(failure.code, failure.what);
}

}  // namespace postrider::mime
