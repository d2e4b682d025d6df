#include <postrider/codec/error.hpp>
#include <string>

namespace postrider::codec {
namespace {

struct codec_category final : std::error_category {
    char const* name() const noexcept override { return "postrider.codec"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::unknown_charset: return "the charset is not known";
            case errc::unencodable: return "the charset lacks a character of the text";
            case errc::malformed: return "the input is malformed";
        }
        return "unknown error";
    }
};

}  // namespace

std::error_category const& category() noexcept {
    static const codec_category instance;
    return instance;
}

std::error_code make_error_code(errc e) noexcept {
    return {static_cast<int>(e), category()};
}

}  // namespace postrider::codec
