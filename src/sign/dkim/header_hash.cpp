#include "header_hash.hpp"

#include "blanks.hpp"
#include "evp.hpp"

namespace postrider::dkim {

std::string header_hash(field_picker& fields, std::span<std::string const> names, std::string_view signature_field,
                        canonicalization how) {
    sha256_stream hash;
    std::string canonical;
    for (auto const& name : names) {
        raw_field const* const field = fields.take(name);
        if (!field) continue;  // that there is none is signed too: its name stands in `h`
        canonical.clear();
        append_canonical_field(canonical, field->octets, how);
        hash.put(canonical);
    }
    canonical.clear();
    append_canonical_field(canonical, without_value(signature_field), how);
    canonical.resize(canonical.size() - std::string_view("\r\n").size());
    hash.put(canonical);
    return hash.finish();
}

std::string without_value(std::string_view signature_field) {
    std::size_t begin = std::min(signature_field.find(':'), signature_field.size() - 1) + 1;
    while (begin < signature_field.size()) {
        std::size_t const end = std::min(signature_field.find(';', begin), signature_field.size());
        std::string_view const spec = signature_field.substr(begin, end - begin);
        std::size_t const equals = spec.find('=');
        if (equals != spec.npos && trim(spec.substr(0, equals)) == "b") {
            std::string without(signature_field.substr(0, begin + equals + 1));
            return without += signature_field.substr(end);
        }
        begin = end + 1;
    }
    return std::string(signature_field);
}

}  // namespace postrider::dkim
