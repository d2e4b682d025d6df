#include <postrider/mime/address_field.hpp>
#include <postrider/mime/received.hpp>

#include "field_text.hpp"
#include "tokens.hpp"

namespace postrider::mime {
namespace {

/// "<" [CFWS] ">" with nothing else about it.
bool is_null_path(std::string_view text) {
    token_reader tokens(text);
    tokens.skip_cfws();
    if (!tokens.take('<')) return false;
    tokens.skip_cfws();
    if (!tokens.take('>')) return false;
    tokens.skip_cfws();
    return tokens.at_end();
}

}  // namespace

return_path parse_return_path(std::string_view field_body) {
    if (is_null_path(read_field_text(field_body).text)) return {std::string(), {}};
    address_field field = parse_address_field(field_body);
    return_path found{std::nullopt, std::move(field.defects)};
    auto const paths = mailboxes(field.entries);
    if (paths.size() == 1 && field.rejected.empty())
        found.reverse_path = paths.front().address;
    else
        add_defect(found.defects, field_body.find_first_not_of(" \t\r\n") == field_body.npos
                                      ? defect_kind::header_missing_required_value
                                      : defect_kind::invalid_address);
    return found;
}

}  // namespace postrider::mime
