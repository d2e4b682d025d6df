#include "target.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <system_error>

namespace postrider::devserver {

std::string const& http_target::operator[](std::string const& name) const {
    static std::string const nothing;
    auto found = query.find(name);
    return found == query.end() ? nothing : found->second;
}

result<http_target> parse_target(std::string_view text) {
    auto parsed = boost::urls::parse_origin_form(text);
    if (!parsed) return make_error_code(std::errc::invalid_argument);
    http_target target;
    for (auto segment : parsed->segments()) target.path.push_back(segment);
    for (auto parameter : parsed->params()) target.query.try_emplace(parameter.key, parameter.value);
    return target;
}

}  // namespace postrider::devserver
