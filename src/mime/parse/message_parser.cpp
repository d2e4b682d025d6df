#include <postrider/mime/message_parser.hpp>

#include "parser.hpp"

namespace postrider::mime {

struct message_parser::state {
    explicit state(parse_options how) : options(how), reader(how) {}
    parse_options options;
    octet_buffer octets;
    parser reader;
};

message_parser::message_parser(parse_options options) : state_(std::make_unique<state>(options)) {}
message_parser::~message_parser() = default;
message_parser::message_parser(message_parser&&) noexcept = default;
message_parser& message_parser::operator=(message_parser&&) noexcept = default;

void message_parser::feed(std::string_view octets) {
    state_->octets.append(octets);
    state_->reader.read(state_->octets.octets());
}

bool message_parser::header_ended() const noexcept {
    return state_->reader.header_ended();
}

std::string_view message_parser::octets() const noexcept {
    return state_->octets.octets();
}

parsed_message message_parser::finish() {
    state_->octets.shrink_to_fit();
    structure found = state_->reader.finish(state_->octets.octets());
    found.owned = std::move(state_->octets);
    state_ = std::make_unique<state>(state_->options);
    return make_parsed(std::move(found));
}

}  // namespace postrider::mime
