#pragma once
#include <postrider/mime/message.hpp>
#include <string>

/// "multipart/mixed(text/plain image/png;inline)": the types of a message and its parts, and how they ask to be shown.
inline std::string structure(postrider::mime::message const& of) {
    auto told = of.get_content_type();
    if (auto const shown = of.get_content_disposition()) told += ';' + *shown;
    std::string parts;
    for (auto const& part : of.iter_parts()) parts += (parts.empty() ? "" : " ") + structure(part);
    return of.is_multipart() ? told + '(' + parts + ')' : told;
}

/// The octets up to the blank line, and those behind it. Lines end with LF.
inline std::string body_below(std::string const& octets) {
    return octets.substr(octets.find("\n\n") + 2);
}
