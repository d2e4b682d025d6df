#include <postrider/net/error.hpp>
#include <string>

namespace postrider::net {
namespace {

struct net_category_type final : std::error_category {
    char const* name() const noexcept override { return "postrider.net"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::host_unknown: return "host unknown";
            case errc::lookup_failed: return "the name server did not answer";
        }
        return "unknown error";
    }
    bool equivalent(int value, std::error_condition const& which) const noexcept override {
        if (which == make_error_condition(condition::transient)) return value == static_cast<int>(errc::lookup_failed);
        if (which == make_error_condition(condition::permanent)) return value == static_cast<int>(errc::host_unknown);
        return std::error_category::equivalent(value, which);
    }
};

}  // namespace

std::error_category const& net_category() noexcept {
    static const net_category_type instance;
    return instance;
}

error_code make_error_code(errc e) noexcept {
    return {static_cast<int>(e), net_category()};
}

}  // namespace postrider::net
