#pragma once
#include <boost/system/result.hpp>
#include <system_error>

namespace postrider {

using std::error_code;

/// A value, or the reason why there is none. Spelled once, here.
/// `r.value()` throws what `E` stands for (std::system_error for an error_code, smtp::error for an smtp::failure);
/// `*r` and `r.error()` do not check.
template <class T, class E = error_code>
using result = boost::system::result<T, E>;

}  // namespace postrider
