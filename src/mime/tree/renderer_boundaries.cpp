#include <algorithm>
#include <cstring>

#include "../checks.hpp"
#include "../line_ends.hpp"
#include "../renderer.hpp"
#include "boundary.hpp"
#include "origin.hpp"

/// Boundaries that were parsed or given. They stay as they are, unless a part holds one: then the rendering is void, and
/// the next one makes another.                                                                     RFC 2046 §5.1.1
namespace postrider::mime {
namespace {

bool holds(std::string_view octets, std::string_view wanted) noexcept {
    if (octets.size() < wanted.size()) return false;  // nor may memmem have the null of no octets
    return memmem(octets.data(), octets.size(), wanted.data(), wanted.size()) != nullptr;
}

}  // namespace

bool can_be_boundary(std::string_view text) noexcept {
    constexpr std::size_t longest = 70;
    auto const printable = [](char c) { return c >= ' ' && c <= '~'; };
    return !text.empty() && text.size() <= longest && text.back() != ' ' &&
           std::all_of(text.begin(), text.end(), printable);
}

void check_boundary(std::string_view text) {
    if (!can_be_boundary(text)) throw error(errc::bad_field_body, "no boundary: " + shown(text));
}

std::string renderer::boundary_to_keep(message const& mail) {
    auto boundary = mail.get_boundary().value_or(std::string());
    bool const clashed = std::find(clashes_.begin(), clashes_.end(), &mail) != clashes_.end();
    auto const is_taken = [&](given_boundary const& outer) {
        return std::string_view(boundary).starts_with(outer.boundary) ||
               std::string_view(outer.boundary).starts_with(boundary);
    };
    if (clashed || !can_be_boundary(boundary) ||
        std::any_of(given_boundaries_.begin(), given_boundaries_.end(), is_taken))
        return {};
    watch_for(boundary, mail);
    return boundary;
}

void renderer::watch_for(std::string boundary, message const& mail) {
    given_boundaries_.push_back({std::move(boundary), &mail});
}

void renderer::look_for_boundaries(std::string_view fresh) {
    for (auto const& one : given_boundaries_)
        if (holds(fresh, "--" + one.boundary) && std::find(clashes_.begin(), clashes_.end(), one.of) == clashes_.end())
            clashes_.push_back(one.of);
}

// What was parsed inside a multipart does not hold its boundary.
void renderer::look_for_boundaries(origin const& from, std::string_view parsed) {
    if (!tag_.empty() && holds(parsed, tag_)) tag_found_ = true;
    auto const stood_inside = [&](given_boundary const& outer) {
        auto const& around = outer.of->parsed_from();
        if (!around || &around->table != &from.table) return false;
        auto const begin = static_cast<std::size_t>(parsed.data() - from.octets().data());
        auto const body = around->part.body_range();
        return body.begin <= begin && begin + parsed.size() <= body.end && around->boundary() == outer.boundary;
    };
    if (!std::all_of(given_boundaries_.begin(), given_boundaries_.end(), stood_inside)) look_for_boundaries(parsed);
}

void renderer::write_preamble(message const& mail) {
    auto text = mail.preamble();
    if (!text) return;
    look_for_boundaries(*text);
    append_with_crlf(out_, *text);
    out_ += "\r\n";
}

void renderer::write_epilogue(message const& mail) {
    auto text = mail.epilogue();
    if (!text) return;
    look_for_boundaries(*text);
    append_with_crlf(out_, *text);
    end_unencoded_body();
}

}  // namespace postrider::mime
