#include <postrider/mime/safe_name.hpp>

#include <postrider/mime/fold_case.hpp>
#include "fitted_name.hpp"

namespace postrider::mime {

std::string distinct_names::take(std::string name) {
    if (taken_.insert(fold_case(name)).second) return name;
    // Long names that differ only where the number will stand must share one count, or a folder of them takes quadratic
    // time.
    auto& number = numbered_[fold_case(fitted_name(name, "-999999"))];
    if (number == 0) number = 1;
    for (;;) {
        auto numbered = fitted_name(name, '-' + std::to_string(++number));
        if (taken_.insert(fold_case(numbered)).second) return numbered;
    }
}

}  // namespace postrider::mime
