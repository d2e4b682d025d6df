#pragma once
#include <postrider/mime/content.hpp>

namespace postrider::mime {

/// A source over octets that it shares.
octet_source_ptr shared_source(shared_octets octets);

}  // namespace postrider::mime
