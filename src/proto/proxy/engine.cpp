#include <postrider/core/error.hpp>
#include <postrider/proto/proxy/engine.hpp>
#include <utility>

namespace postrider::proxy {
namespace {

struct proxy_category_type final : std::error_category {
    char const* name() const noexcept override { return "postrider.proxy"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::refused: return "the proxy refuses to lead there";
            case errc::authentication_failed: return "the proxy wants a login, or another one";
            case errc::target_unreachable: return "the proxy does not reach the target";
            case errc::protocol_violated: return "this is not the proxy that was expected";
        }
        return "unknown error";
    }
    bool equivalent(int value, std::error_condition const& which) const noexcept override {
        auto const code = static_cast<errc>(value);
        bool const permanent = code == errc::refused || code == errc::authentication_failed;
        if (which == make_error_condition(condition::transient)) return code == errc::target_unreachable;
        if (which == make_error_condition(condition::permanent)) return permanent;
        return std::error_category::equivalent(value, which);
    }
};

}  // namespace

std::error_category const& proxy_category() noexcept {
    static const proxy_category_type instance;
    return instance;
}

error_code make_error_code(errc e) noexcept {
    return {static_cast<int>(e), proxy_category()};
}

std::unique_ptr<engine> make_engine(protocol which, request wish) {
    return which == protocol::socks5 ? make_socks5(std::move(wish)) : make_http_connect(std::move(wish));
}

}  // namespace postrider::proxy
