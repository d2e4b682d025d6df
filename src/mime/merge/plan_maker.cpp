#include "plan_maker.hpp"

#include <algorithm>
#include <memory>
#include <postrider/codec/charset.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/error.hpp>
#include <utility>

#include "../characters.hpp"
#include "../field_kind.hpp"
#include "../line_ends.hpp"

namespace postrider::mime::merge {
namespace {

bool is_attachment(message const& leaf) {
    auto const* disposition = leaf.find("Content-Disposition");
    auto const* body = disposition ? std::get_if<parameterized>(&disposition->body) : nullptr;
    return body && ascii::equal_without_case(body->value, "attachment");
}

std::string in_utf8(text_content const& text) {
    if (codec::is_ascii(text.octets) || starts_without_case(text.charset, "utf-8")) return text.octets;
    auto decoded = codec::decode_charset(text.octets, text.charset);
    return decoded ? std::move(decoded->text) : text.octets;
}

void need_no_holes(field const& one) {
    if (has_holes(one.body)) throw error(errc::bad_hole, "no hole can stand in " + one.name + ": all rows share it");
}

/// What all rows have in common decides; 7bit would not do for every value.
transfer_encoding encoding_for(message const* leaf, std::string const& text) {
    auto const* asked = leaf ? leaf->find("Content-Transfer-Encoding") : nullptr;
    if (asked) {
        auto const wanted = transfer_encoding_of(to_string(asked->body));
        if (wanted == transfer_encoding::base64 || wanted == transfer_encoding::quoted_printable) return *wanted;
        throw error(errc::bad_encoding, "a body with holes travels in quoted-printable or base64");
    }
    std::string canonical;
    auto const chosen = choose_encoding(shape_for_choice(text), text, canonical);
    return chosen == transfer_encoding::base64 ? chosen : transfer_encoding::quoted_printable;
}

/// Octets in memory that follow each other, as one piece: the fewer pieces there are, the less each row has to hold.
/// Large ones, which are few, are not copied for it.
class piece_joiner {
public:
    explicit piece_joiner(std::vector<slot_ptr>& out) noexcept : out_(out) {}
    piece_joiner(piece_joiner const&) = delete;
    piece_joiner& operator=(piece_joiner const&) = delete;

    void add(wire::piece const& one) {
        auto const* shared = std::get_if<wire::shared_piece>(&one);
        if (shared && shared->octets.size() <= largest_joined) return run_.push_back(*shared);
        end_run();
        out_.push_back(common_slot(one));
    }

    void end_run() {
        if (run_.size() > 1) join();
        if (!run_.empty()) out_.push_back(common_slot(std::move(run_.front())));
        run_.clear();
    }

private:
    static constexpr std::size_t largest_joined = 1 << 20;

    void join() {
        auto all = std::make_shared<std::string>();
        for (auto const& one : run_) *all += one.octets;
        std::string_view const octets = *all;
        run_ = {{std::move(all), octets}};
    }

    std::vector<slot_ptr>& out_;
    std::vector<wire::shared_piece> run_;
};

}  // namespace

plan_parts plan_maker::make(message const& mail, postrider::host const& from, bool keep_bcc) {
    for (unsigned attempt = 0;; ++attempt) {
        parts_ = {};
        renderer one(from, keep_bcc, attempt, this);
        one.render(mail);
        if (one.is_void()) continue;
        add(one.take());
        return std::move(parts_);
    }
}

bool plan_maker::takes(field const& one) {
    if (!has_holes(one.body)) return false;
    taken_ = field_slot(one, columns_);
    return true;
}

void plan_maker::take_date() {
    taken_ = date_slot();
    parts_.wants_date = true;
}

void plan_maker::take_message_id(std::string_view domain) {
    bool const has_hole = looks_like_template(domain);
    taken_ = message_id_slot(tag_, has_hole ? std::string_view("localhost") : domain);
}

std::optional<gap_taker::body_form> plan_maker::takes_body(message const* leaf, std::string_view type,
                                                           text_content const& text, bool alone) {
    bool const html = ascii::equal_without_case(type, "text/html");
    if (leaf) {
        if (auto const* declared = leaf->find("Content-Type")) need_no_holes(*declared);
        if (is_attachment(*leaf)) return std::nullopt;
    }
    if (!html && !ascii::equal_without_case(type, "text/plain")) return std::nullopt;
    auto const plain = in_utf8(text);
    if (!looks_like_template(plain)) return std::nullopt;
    if (starts_without_case(text.charset, "utf-16") || starts_without_case(text.charset, "utf-32"))
        throw error(errc::bad_hole, "a body in " + text.charset + " takes no holes");

    body_template body;
    body.segments = read_template(plain, html ? "the HTML" : "the text", &columns_);
    body.html = html;
    body.charset =
        codec::is_ascii(text.octets) && ascii::equal_without_case(text.charset, "us-ascii") ? "utf-8" : text.charset;
    body.encoding = encoding_for(leaf, plain);
    body.needs_line_end = alone && body.encoding != transfer_encoding::base64;
    body_form form{body.encoding, body.charset};
    taken_ = body_slot(body);
    return form;
}

void plan_maker::gap(wire common) {
    add(std::move(common));
    parts_.slots.push_back(std::move(taken_));
}

void plan_maker::add(wire common) {
    piece_joiner joiner(parts_.slots);
    for (auto const& piece : common.pieces()) joiner.add(piece);
    joiner.end_run();
    parts_.has_8bit |= common.has_8bit();
    parts_.needs_smtputf8 |= common.needs_smtputf8();
    if (!looks_like_template(common.message_id()) && !common.message_id().empty())
        parts_.message_id = common.message_id();
}

}  // namespace postrider::mime::merge
