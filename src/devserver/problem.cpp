#include "problem.hpp"

#include <algorithm>

namespace postrider::devserver {
namespace {

/// `sentence` with its {names} replaced; a brace that belongs to no name stays.
std::string filled(std::string_view sentence, problem_values const& values) {
    std::string out;
    for (std::size_t open; (open = sentence.find('{')) != sentence.npos;) {
        out.append(sentence.substr(0, open));
        sentence.remove_prefix(open);
        auto const name = sentence.substr(1, sentence.find('}') - 1);
        auto const value =
            std::find_if(values.begin(), values.end(), [&](auto const& one) { return one.first == name; });
        bool const known = value != values.end();
        out += known ? value->second : "{";
        sentence.remove_prefix(known ? name.size() + 2 : 1);
    }
    return out.append(sentence);
}

}  // namespace

complaint::complaint(problem what, problem_values with)
    : code(what->code), status(what->status), values(std::move(with)), text(filled(what->says, values)) {}

}  // namespace postrider::devserver
