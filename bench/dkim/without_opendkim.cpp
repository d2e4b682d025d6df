#include "opendkim.hpp"

namespace dkim_bench {

bool const has_opendkim = false;

std::string sign_with_opendkim(std::string const&, std::string const&, bool) {
    return {};
}

}  // namespace dkim_bench
