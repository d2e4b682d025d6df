#include <postrider/core/error.hpp>
#include <string>

namespace postrider {
namespace {

struct core_category_type final : std::error_category {
    char const* name() const noexcept override { return "postrider"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::limit_reached: return "a limit was reached";
            case errc::source_changed: return "the source gave fewer octets than its size promised";
            case errc::source_unreadable: return "the source could not be read";
        }
        return "unknown error";
    }
};

// What is neither of the two by its own category's word is taken for permanent only when that category says so:
// an unknown error is neither.
struct condition_category_type final : std::error_category {
    char const* name() const noexcept override { return "postrider.condition"; }
    std::string message(int value) const override {
        return static_cast<condition>(value) == condition::transient ? "may work later" : "will not work as it is";
    }
};

}  // namespace

std::error_category const& core_category() noexcept {
    static const core_category_type instance;
    return instance;
}

std::error_category const& condition_category() noexcept {
    static const condition_category_type instance;
    return instance;
}

error_code make_error_code(errc e) noexcept {
    return {static_cast<int>(e), core_category()};
}

std::error_condition make_error_condition(condition c) noexcept {
    return {static_cast<int>(c), condition_category()};
}

}  // namespace postrider
