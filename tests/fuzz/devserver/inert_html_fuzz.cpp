#include <cstdint>
#include <cstdlib>
#include <postrider/core/ascii.hpp>

#include "inert_html.hpp"

/// Wherever a browser may begin to read a tag, it finds no link but one that leads to the web, to a mail address or to a
/// place in the document, and none of the elements that have other names. Doing it twice changes nothing that leads.
namespace {

using namespace postrider;

void check(bool holds) {
    if (!holds) std::abort();
}

bool ends_name(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '/' || c == '>';
}

/// Of the tag whose "<" stood before `text`.
bool is_named(std::string_view text, std::string_view name) {
    return text.size() > name.size() && ascii::equal_without_case(text.substr(0, name.size()), name) &&
           ends_name(text[name.size()]);
}

void check_link(std::string_view rest) {
    constexpr std::string_view reference = " href=\"";
    auto const tag = rest.substr(0, rest.find('>'));
    auto const lower = ascii::lower(tag);
    auto const leads = lower.starts_with(reference);
    auto const value = leads ? std::string_view(lower).substr(reference.size()) : std::string_view();
    check(!leads || value.starts_with("http://") || value.starts_with("https://") || value.starts_with("mailto:") ||
          value.starts_with("#"));
    check(leads || lower.find(" href=") == lower.npos || lower.find('"') < lower.find(" href="));
    check(lower.find(" target=") == lower.npos || leads || lower.find('"') < lower.find(" target="));
}

void check_inert(std::string_view html) {
    for (auto at = html.find('<'); at != html.npos; at = html.find('<', at + 1)) {
        auto const text = html.substr(at + 1);
        for (auto name : {"iframe", "frame", "object", "embed", "link", "math", "set", "animate"})
            check(!is_named(text, name));
        if (is_named(text, "a")) check_link(text.substr(1));
        if (is_named(text, "area")) check(!ascii::lower(text.substr(0, text.find('>'))).starts_with("area href="));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* octets, std::size_t size) {
    auto const once = devserver::inert_html({reinterpret_cast<char const*>(octets), size});
    check_inert(once);
    check_inert(devserver::inert_html(once));
    return 0;
}
