#include <postrider/proto/smtp/server_engine.hpp>

namespace postrider::smtp {

reply server_handler::hello(std::string_view) {
    return reply_of(250, enhanced_code{2, 0, 0}, "hello");
}

reply server_handler::mail(envelope const&) {
    return reply_of(250, enhanced_code{2, 1, 0}, "sender ok");
}

reply server_handler::begin_content(envelope const&) {
    return reply{354, {}, {"go ahead"}};
}

std::vector<reply> server_handler::lmtp_end_content(envelope const& e) {
    return std::vector<reply>(e.forward_paths.size(), end_content(e));
}

}  // namespace postrider::smtp
