#include <postrider/mime/message.hpp>

#include "origin.hpp"

namespace postrider::mime {

std::string message::as_bytes(mime::policy const&) const {
    if (origin_) return std::string(origin_->cut(origin_->all().begin, origin_->all().end));
    return {};
}

}  // namespace postrider::mime
