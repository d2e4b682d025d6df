#include <algorithm>
#include <optional>
#include <postrider/core/limits.hpp>
#include <postrider/mime/address_field.hpp>

#include "../characters.hpp"
#include "../parse/blanks.hpp"
#include "address_members.hpp"
#include "address_reader.hpp"
#include "field_text.hpp"
#include "phrase_reader.hpp"

namespace postrider::mime {
namespace {

constexpr std::size_t none = std::string_view::npos;

bool is_dotted_text(std::string_view local) noexcept {
    return !local.empty() && std::all_of(local.begin(), local.end(), [](char c) { return is_atext(c) || c == '.'; });
}

/// An addr-spec that lacks nothing but the quotes around dots in odd places, as mobile carriers in Japan gave them out,
/// or has a scheme in front, or the root's dot behind its domain.
std::optional<std::string> repair_addr_spec(std::string_view text) {
    text = trim(text);
    if (starts_without_case(text, "mailto:")) text.remove_prefix(7);
    if (text.ends_with('.')) text.remove_suffix(1);
    if (auto spec = parse_addr_spec(text)) return std::move(*spec);
    std::size_t const at = text.find('@');
    if (at == none || !is_dotted_text(text.substr(0, at))) return std::nullopt;
    std::string quoted = '"' + std::string(text.substr(0, at)) + '"' + std::string(text.substr(at));
    if (auto spec = parse_addr_spec(quoted)) return std::move(*spec);
    return std::nullopt;
}

class address_field_reader {
public:
    explicit address_field_reader(field_text const& body) : cutter_(body.text) { found_.defects = body.defects; }

    address_field read() {
        while (!cutter_.at_end() && mailboxes_ < limits::addresses) take(cutter_.next());
        if (!cutter_.at_end()) found_.defects.push_back(defect_kind::value_limit);
        if (in_group_) note();
        return std::move(found_);
    }

private:
    void note() { add_defect(found_.defects, defect_kind::invalid_address); }

    void take(address_member const& member) {
        if (member.ended_by == ':' && (in_group_ || is_mailto(member))) return take_stray_colon(member);
        if (member.ended_by == ':') return begin_group(member.text);
        if (!member.text.empty()) take_mailbox(member);
        if (member.ended_by != ';') return;
        if (!in_group_) note();  // between addresses, as people in offices write it
        in_group_ = false;
    }

    static bool is_mailto(address_member const& member) noexcept {
        return ascii::equal_without_case(member.text, "mailto");
    }

    void take_stray_colon(address_member const& member) {
        note();
        if (!is_mailto(member)) reject(member.text);
    }

    void begin_group(std::string_view name) {
        address_entry group;
        group.is_group = true;
        group.name = read_phrase(name, found_.defects);
        if (group.name.empty()) note();
        found_.entries.push_back(std::move(group));
        in_group_ = true;
    }

    void take_mailbox(address_member const& member) {
        address_reader reader(member.text, address_reader::source::mail);
        auto sound = reader.read_one();
        std::optional<mailbox> one;
        if (sound) {
            one = std::move(*sound);
            for (auto kind : reader.word_defects()) add_defect(found_.defects, kind);
        } else if (!is_comment(member.text)) {
            note();
            one = repair(member);
        } else {
            return;
        }
        if (!one || was_repaired(one->address)) return reject(member.text);
        add(std::move(*one));
    }

    static bool is_comment(std::string_view text) {
        std::vector<defect_kind> unused;
        return text.starts_with('(') && read_phrase(text, unused).empty();
    }

    /// What stands in the only pair of angle brackets, or behind the one that is not closed, or all of it.
    std::optional<mailbox> repair(address_member const& member) {
        if (member.open == none) return repair_bare(member.text);
        bool const closed = member.close != none;
        if (member.angles > 1 || (member.angles == 1 && !closed)) return std::nullopt;
        std::size_t const close = closed ? member.close : member.text.size();
        std::string_view const behind = member.text.substr(std::min(close + 1, member.text.size()));
        if (behind.find('@') != none) return std::nullopt;
        auto address = read_angle(member.text.substr(member.open, close - member.open));
        if (!address) return std::nullopt;
        return mailbox{name_before(member.text.substr(0, member.open)), std::move(*address)};
    }

    /// `angle`    from its "<" to what stands before its ">".
    static std::optional<std::string> read_angle(std::string_view angle) {
        auto one = address_reader(std::string(angle) + '>', address_reader::source::mail).read_one();
        if (one) return std::move(one->address);
        return repair_addr_spec(angle.substr(1));
    }

    static std::optional<mailbox> repair_bare(std::string_view text) {
        if (text.ends_with('>')) text.remove_suffix(1);
        auto address = repair_addr_spec(text);
        if (!address) return std::nullopt;
        return mailbox{{}, std::move(*address)};
    }

    std::string name_before(std::string_view text) {
        while (text.ends_with('<') || text.ends_with(' ')) text.remove_suffix(1);
        return read_phrase(text, found_.defects);
    }

    void add(mailbox one) {
        ++mailboxes_;
        if (!in_group_) found_.entries.emplace_back();
        found_.entries.back().mailboxes.push_back(std::move(one));
    }

    void reject(std::string_view text) {
        note();
        if (!text.empty() && found_.rejected.size() < limits::listed_values) found_.rejected.emplace_back(text);
    }

    address_cutter cutter_;
    address_field found_;
    std::size_t mailboxes_ = 0;
    bool in_group_ = false;
};

}  // namespace

address_field parse_address_field(std::string_view field_body) {
    field_text const body = read_field_text(field_body);
    return address_field_reader(body).read();
}

}  // namespace postrider::mime
