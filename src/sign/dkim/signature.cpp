#include <algorithm>
#include <postrider/codec/base64.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/field.hpp>
#include <postrider/mime/tag_list.hpp>
#include <postrider/sign/dkim/error.hpp>
#include <postrider/sign/dkim/key_record.hpp>
#include <postrider/sign/dkim/signature.hpp>

#include "domain_name.hpp"
#include "identity.hpp"
#include "tags.hpp"

namespace postrider::dkim {
namespace {

constexpr std::size_t sha256_octets = 32;

/// 1*76DIGIT for `l`, 1*12DIGIT for times. What is too large to count or to date is larger than anything.
std::optional<std::uint64_t> read_number(std::string_view digits) noexcept {
    constexpr std::uint64_t most = 999'999'999'999'999;
    if (digits.empty() || digits.size() > 76 || !std::all_of(digits.begin(), digits.end(), ascii::is_digit))
        return std::nullopt;
    std::uint64_t number = 0;
    for (char digit : digits) number = std::min(number * 10 + static_cast<std::uint64_t>(digit - '0'), most);
    return number;
}

std::optional<canonicalization> read_form(std::string_view name) noexcept {
    if (ascii::equal_without_case(name, "simple")) return canonicalization::simple;
    if (ascii::equal_without_case(name, "relaxed")) return canonicalization::relaxed;
    return std::nullopt;
}

/// Reads tag after tag, each function one of them, and says what is wrong with it.
class signature_reader {
public:
    signature_reader(mime::tag_list const& list, signature& into) noexcept : list_(list), into_(into) {}

    /// The first defect. Who signs is read in any case, for the reports.
    error_code read() {
        if (auto const* domain = list_.find("d")) into_.domain = *domain;
        if (auto const* selector = list_.find("s")) into_.selector = *selector;
        if (auto const* name = list_.find("a")) into_.algorithm_name = ascii::lower(*name);
        if (!list_.defects.empty()) return errc::malformed;
        for (char const* const name : {"v", "a", "b", "bh", "d", "h", "s"})
            if (!list_.find(name)) return errc::missing_tag;
        if (*list_.find("v") != "1") return errc::unsupported_version;
        for (auto const part :
             {&signature_reader::read_algorithm, &signature_reader::read_canonicalization,
              &signature_reader::read_query, &signature_reader::read_who, &signature_reader::read_fields,
              &signature_reader::read_hashes, &signature_reader::read_length, &signature_reader::read_times})
            if (error_code const wrong = (this->*part)()) return wrong;
        return {};
    }

private:
    error_code read_algorithm() {
        std::string_view const name = into_.algorithm_name;
        if (name == "rsa-sha1") return errc::obsolete_algorithm;
        if (name != "rsa-sha256" && name != "ed25519-sha256") return errc::unsupported_algorithm;
        into_.algorithm = name == "rsa-sha256" ? algorithm::rsa_sha256 : algorithm::ed25519_sha256;
        return {};
    }

    error_code read_canonicalization() {
        std::string const* const said = list_.find("c");
        if (!said) return {};
        std::size_t const slash = said->find('/');
        auto const header = read_form(std::string_view(*said).substr(0, slash));
        auto const body =
            slash == said->npos ? canonicalization::simple : read_form(std::string_view(*said).substr(slash + 1));
        if (!header || !body) return errc::unsupported_canonicalization;
        into_.header = *header;
        into_.body = *body;
        return {};
    }

    error_code read_query() {
        std::string const* const said = list_.find("q");
        if (!said) return {};
        auto const methods = split_at_colons(*said);
        bool const knows = std::any_of(methods.begin(), methods.end(), [](std::string const& method) {
            return ascii::equal_without_case(method, "dns/txt");
        });
        return knows ? error_code() : errc::unsupported_query;
    }

    error_code read_who() {
        if (!is_domain_name(into_.domain)) return errc::bad_domain;
        if (!is_domain_name(key_name(into_.selector, into_.domain))) return errc::bad_selector;
        into_.identity = "@" + into_.domain;
        std::string const* const said = list_.find("i");
        if (!said) return {};
        auto decoded = decode_identity(mime::without_blanks(*said));
        if (!decoded || !is_identity_of(*decoded, into_.domain)) return errc::bad_identity;
        into_.identity = std::move(*decoded);
        return {};
    }

    error_code read_fields() {
        std::string const& said = *list_.find("h");
        if (static_cast<std::size_t>(std::count(said.begin(), said.end(), ':')) >= limits::dkim_signed_fields)
            return errc::too_many_fields;
        auto& names = into_.signed_fields = split_at_colons(said);
        if (std::any_of(names.begin(), names.end(), [](std::string const& name) { return name.empty(); }))
            return errc::malformed;
        bool const has_from = std::any_of(names.begin(), names.end(),
                                          [](std::string const& name) { return mime::same_name(name, "From"); });
        return has_from ? error_code() : errc::from_not_signed;
    }

    error_code read_hashes() {
        auto body_hash = codec::decode_base64(mime::without_blanks(*list_.find("bh")));
        auto value = codec::decode_base64(mime::without_blanks(*list_.find("b")));
        if (!body_hash || body_hash->size() != sha256_octets || !value || value->empty()) return errc::malformed;
        into_.body_hash = std::move(*body_hash);
        into_.value = std::move(*value);
        return {};
    }

    error_code read_length() {
        std::string const* const said = list_.find("l");
        if (!said) return {};
        into_.body_octets = read_number(*said);
        return into_.body_octets ? error_code() : errc::malformed;
    }

    error_code read_times() {
        auto const read = [&](char const* name, std::optional<std::chrono::sys_seconds>& time) {
            std::string const* const said = list_.find(name);
            if (!said) return true;
            auto const seconds = read_number(*said);
            if (seconds) time = std::chrono::sys_seconds(std::chrono::seconds(*seconds));
            return seconds.has_value();
        };
        if (!read("t", into_.signed_at) || !read("x", into_.expires_at)) return errc::malformed;
        bool const backwards = into_.signed_at && into_.expires_at && *into_.expires_at <= *into_.signed_at;
        return backwards ? errc::bad_times : error_code();
    }

    mime::tag_list const& list_;
    signature& into_;
};

}  // namespace

signature parse_signature(std::string_view field_body) {
    mime::tag_list const list = mime::parse_tag_list(field_body);
    signature read;
    read.defect = signature_reader(list, read).read();
    return read;
}

}  // namespace postrider::dkim
