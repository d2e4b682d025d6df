#pragma once
#include <vector>

namespace postrider::mime {

/// Before one more is added: grows by half. While a vector grows it is there twice, and one that doubles would for a
/// moment hold three times what is in it.
template <class T>
void make_room(std::vector<T>& values) {
    if (values.size() == values.capacity()) values.reserve(values.size() + values.size() / 2 + 1);
}

}  // namespace postrider::mime
