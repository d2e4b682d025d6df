#include <postrider/proto/smtp/envelope.hpp>

namespace postrider::smtp {

std::string to_string(parameter const& p) {
    return p.value ? p.keyword + '=' + *p.value : p.keyword;
}

}  // namespace postrider::smtp
