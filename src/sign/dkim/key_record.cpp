#include <algorithm>
#include <postrider/codec/base64.hpp>
#include <postrider/mime/tag_list.hpp>
#include <postrider/sign/dkim/error.hpp>
#include <postrider/sign/dkim/key_record.hpp>

#include "tags.hpp"

namespace postrider::dkim {
namespace {

/// A version, where there is one, stands in front.                                              RFC 6376 §3.6.1
bool is_record(mime::tag_list const& list) noexcept {
    if (!list.defects.empty() || list.tags.empty()) return false;
    std::string const* const version = list.find("v");
    return !version || (list.tags.front().name == "v" && *version == "DKIM1");
}

void read_list(mime::tag_list const& list, std::string_view name, std::vector<std::string>& into) {
    if (std::string const* const value = list.find(name)) into = split_at_colons(*value);
}

}  // namespace

bool key_record::is_testing() const noexcept {
    return std::find(flags.begin(), flags.end(), "y") != flags.end();
}

bool key_record::forbids_subdomains() const noexcept {
    return std::find(flags.begin(), flags.end(), "s") != flags.end();
}

result<key_record> parse_key_record(std::string_view text) {
    mime::tag_list const list = mime::parse_tag_list(text);
    std::string const* const octets = list.find("p");
    if (!is_record(list) || !octets) return make_error_code(errc::bad_key_record);
    auto decoded = codec::decode_base64(mime::without_blanks(*octets));
    if (!decoded) return make_error_code(errc::bad_key_record);

    key_record record;
    record.public_octets = std::move(*decoded);
    if (std::string const* const type = list.find("k")) record.key_type = *type;
    if (std::string const* const notes = list.find("n")) record.notes = *notes;
    read_list(list, "h", record.hashes);
    read_list(list, "s", record.services);
    read_list(list, "t", record.flags);
    return record;
}

std::string to_record(private_key const& key) {
    std::string const type = key.algorithm() == algorithm::rsa_sha256 ? "rsa" : "ed25519";
    return "v=DKIM1; k=" + type + "; p=" + codec::encode_base64(key.public_octets());
}

std::string key_name(std::string_view selector, std::string_view domain) {
    return std::string(selector).append("._domainkey.").append(domain);
}

}  // namespace postrider::dkim
