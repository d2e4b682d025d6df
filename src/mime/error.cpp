#include <postrider/mime/error.hpp>
#include <string>

namespace postrider::mime {
namespace {

struct mime_category final : std::error_category {
    char const* name() const noexcept override { return "postrider.mime"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::control_character: return "a control character where none may stand";
            case errc::bad_field_name: return "not a field name";
            case errc::bad_address: return "not an address";
            case errc::missing_sender: return "the message has no sender, or several authors and no Sender";
            case errc::no_recipient: return "the message has no recipient";
            case errc::unencodable: return "the charset cannot carry the text";
            case errc::not_multipart: return "not a multipart";
            case errc::unknown_type: return "the kind of data is not known";
            case errc::unreadable_file: return "the file cannot be read";
            case errc::bad_encoding: return "the content cannot travel in that transfer encoding";
            case errc::duplicate_field: return "the field may stand only once";
            case errc::bad_field_body: return "not a value with parameters";
            case errc::rejected: return "the settings exclude each other";
            case errc::defective: return "the message has a defect";
            case errc::bad_hole: return "not a hole that a row can fill";
            case errc::missing_value: return "the row has no value for a hole";
            case errc::bad_data: return "the rows cannot be read";
        }
        return "unknown error";
    }
};

}  // namespace

std::error_category const& category() noexcept {
    static const mime_category instance;
    return instance;
}

std::error_code make_error_code(errc e) noexcept {
    return {static_cast<int>(e), category()};
}

}  // namespace postrider::mime
