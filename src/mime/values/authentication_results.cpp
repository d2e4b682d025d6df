#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/authentication_results.hpp>

#include "field_text.hpp"
#include "tokens.hpp"

namespace postrider::mime {
namespace {

class results_reader {
public:
    explicit results_reader(field_text const& body) : tokens_(body.text) { found_.defects = body.defects; }

    authentication_results read() {
        read_instance();
        read_server();
        while (tokens_.take(';')) read_result();
        return std::move(found_);
    }

private:
    void note() { add_defect(found_.defects, defect_kind::invalid_header); }

    /// `i=1;`, RFC 8617 §4.1.1
    void read_instance() {
        token_reader ahead = tokens_;
        ahead.skip_cfws();
        if (!ascii::equal_without_case(ahead.take_word("=;"), "i")) return;
        ahead.skip_cfws();
        if (!ahead.take('=')) return;
        ahead.skip_cfws();
        int const number = read_number(ahead.take_word(";"));
        ahead.skip_cfws();
        if (number < 0 || !ahead.take(';')) return;
        found_.instance = number;
        tokens_ = ahead;
    }

    /// authserv-id [CFWS authres-version]. Where the first result stands in its place, there is no id.
    void read_server() {
        tokens_.skip_cfws();
        token_reader const beginning = tokens_;
        found_.authserv_id = tokens_.take_value(";=");
        tokens_.skip_cfws();
        if (tokens_.peek() == '=') {
            found_.authserv_id.clear();
            note();
            tokens_ = beginning;
            return read_result();
        }
        if (found_.authserv_id.empty()) found_.defects.push_back(defect_kind::header_missing_required_value);
        if (auto const version = tokens_.take_word(";"); !version.empty()) {
            found_.version = read_number(version);
            if (found_.version < 0) found_.version = 1, note();
        }
        pass_junk();
        tokens_.take_comments();
    }

    /// Whatever stands before the next ";".
    void pass_junk() {
        tokens_.skip_cfws();
        if (!tokens_.at_end() && tokens_.peek() != ';') {
            note();
            tokens_.take_until(';');
        }
    }

    void read_result() {
        tokens_.skip_cfws();
        if (tokens_.at_end() || tokens_.peek() == ';') return;  // a ";" too many
        authentication_result one;
        one.method = ascii::lower(tokens_.take_word("/=;"));
        tokens_.skip_cfws();
        if (tokens_.take('/')) read_version(one);
        if (!tokens_.take('=')) {
            if (one.method != "none") note();
            return pass_junk();
        }
        tokens_.skip_cfws();
        one.result = ascii::lower(tokens_.take_word(";"));
        if (!is_keyword(one.method) || !is_keyword(one.result)) note();
        while (read_property(one)) continue;
        one.comment = tokens_.take_comments();
        if (has_room()) found_.results.push_back(std::move(one));
    }

    void read_version(authentication_result& one) {
        tokens_.skip_cfws();
        one.version = read_number(tokens_.take_word("=;"));
        if (one.version < 0) one.version = 1, note();
        tokens_.skip_cfws();
    }

    /// Reads `reason=value` or `ptype.property=value`.
    /// returns    false before a ";" and at the end.
    bool read_property(authentication_result& one) {
        tokens_.skip_cfws();
        if (tokens_.at_end() || tokens_.peek() == ';') return false;
        std::string ptype = ascii::lower(tokens_.take_word(".=;")), property;
        tokens_.skip_cfws();
        bool const dotted = tokens_.take('.');
        if (dotted) {
            tokens_.skip_cfws();
            property = ascii::lower(tokens_.take_word("=;"));
            tokens_.skip_cfws();
        }
        if (!tokens_.take('=')) {
            note();
            return true;
        }
        tokens_.skip_cfws();
        std::string value = tokens_.take_value(";");
        if (!dotted && ptype == "reason") {
            one.reason = std::move(value);
            return true;
        }
        if (!dotted) ptype.swap(property), note();
        if (has_room()) one.properties.push_back({std::move(ptype), std::move(property), std::move(value)});
        return true;
    }

    bool has_room() {
        if (++listed_ <= limits::listed_values) return true;
        add_defect(found_.defects, defect_kind::value_limit);
        return false;
    }

    token_reader tokens_;
    std::size_t listed_ = 0;
    authentication_results found_;
};

}  // namespace

std::string const* authentication_result::find(std::string_view ptype, std::string_view property) const noexcept {
    auto const found = std::find_if(properties.begin(), properties.end(), [&](authentication_property const& one) {
        return one.ptype == ptype && one.property == property;
    });
    return found == properties.end() ? nullptr : &found->value;
}

authentication_result const* authentication_results::find(std::string_view method) const noexcept {
    auto const found =
        std::find_if(results.begin(), results.end(), [&](auto const& one) { return one.method == method; });
    return found == results.end() ? nullptr : &*found;
}

authentication_results parse_authentication_results(std::string_view field_body) {
    field_text const body = read_field_text(field_body);
    return results_reader(body).read();
}

}  // namespace postrider::mime
