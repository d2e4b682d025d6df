#include <algorithm>
#include <array>
#include <postrider/core/ascii.hpp>

#include "letter.hpp"
#include "words.hpp"

namespace postrider::lint {
namespace {

// What Gmail blocks, and Outlook with it.
constexpr std::array<std::string_view, 56> blocked{
    "ade", "adp", "apk", "appx", "appxbundle", "bat", "cab", "chm", "cmd", "com", "cpl",  "diagcab", "diagcfg", "dll",
    "dmg", "ex",  "ex_", "exe",  "hta",        "img", "ins", "iso", "isp", "jar", "jnlp", "js",      "jse",     "lib",
    "lnk", "mde", "msc", "msi",  "msix",       "msp", "mst", "nsh", "pif", "ps1", "scr",  "sct",     "shb",     "sys",
    "vb",  "vbe", "vbs", "vhd",  "vhdx",       "vxd", "wsc", "wsf", "wsh", "xll", "reg",  "url",     "scf",     "inf"};

// What looks harmless in front of the true extension.
constexpr std::array<std::string_view, 14> harmless{"pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx",
                                                    "txt", "jpg", "jpeg", "png", "gif",  "zip", "mp4"};

template <std::size_t Size>
bool is_one_of(std::string_view name, std::array<std::string_view, Size> const& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string extension_of(std::string_view name) {
    auto const dot = name.rfind('.');
    return dot == name.npos ? std::string() : ascii::lower(trimmed(name.substr(dot + 1)));
}

/// U+202E and its like: "gpj.exe" turned around reads "exe.jpg".
bool turns_around(std::string_view name) {
    for (std::string_view mark : {"\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068"})
        if (name.find(mark) != name.npos) return true;
    return false;
}

bool hides_type(std::string_view name) {
    auto const last = extension_of(name);
    auto const before = extension_of(name.substr(0, name.rfind('.') == name.npos ? 0 : name.rfind('.')));
    return turns_around(name) || (is_one_of(last, blocked) && is_one_of(before, harmless));
}

bool wants_name(mime::parsed_part const& part) {
    return part.disposition() == "attachment" && part.content_type() != "message/rfc822";
}

}  // namespace

void check_attachments(letter const& mail, findings& found) {
    for (auto const& part : mail.parts) {
        auto const name = part.filename();
        if (wants_name(part))
            found.judge("attachment-name", name.has_value(), {{"type", part.content_type()}}, in_part(part));
        if (!name) continue;
        found.judge("attachment-type", !is_one_of(extension_of(*name), blocked), {{"name", *name}}, in_part(part));
        found.judge("attachment-two-extensions", !hides_type(*name), {{"name", *name}}, in_part(part));
    }
}

}  // namespace postrider::lint
