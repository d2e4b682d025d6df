#include "step_page.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <cstdio>
#include <postrider/proto/smtp/escape.hpp>

#include "terminal/utf8.hpp"

namespace postrider::app {

std::string to_text(std::vector<session_step> const& steps) {
    std::size_t width = 10;
    for (auto const& step : steps) width = std::max(width, smtp::escaped(step.name).size());
    std::string text;
    for (auto const& step : steps) {
        std::string name = smtp::escaped(step.name);
        name.resize(width, ' ');
        char took[32];
        std::snprintf(took, sizeof took, " %8.1f ms  ", step.took.count());
        text += name + took + smtp::escaped(step.said) + "\n";
    }
    return text;
}

boost::json::array to_json(std::vector<session_step> const& steps) {
    boost::json::array rows;
    for (auto const& step : steps)
        rows.push_back({{"name", valid_utf8(step.name)}, {"ms", step.took.count()}, {"said", valid_utf8(step.said)}});
    return rows;
}

}  // namespace postrider::app
