#include <algorithm>
#include <postrider/core/limits.hpp>
#include <postrider/mime/msg_id.hpp>

#include "../characters.hpp"
#include "field_text.hpp"
#include "tokens.hpp"

namespace postrider::mime {
namespace {

class msg_id_reader {
public:
    explicit msg_id_reader(field_text body) : body_(std::move(body)) { found_.defects = std::move(body_.defects); }

    msg_id_field read() {
        read_bracketed();
        if (found_.ids.empty()) read_bare();
        if (found_.ids.empty() && body_.text.find_first_not_of(" \t") == std::string::npos)
            found_.defects.push_back(defect_kind::header_missing_required_value);
        keep_within_limit();
        return std::move(found_);
    }

private:
    void read_bracketed() {
        token_reader tokens(body_.text);
        for (tokens.skip_cfws(); !tokens.at_end(); tokens.skip_cfws()) {
            bool closed = false;
            if (tokens.peek() == '<')
                add(std::string(tokens.take_angle(closed)));
            else
                tokens.take_any();
            if (!closed) add_defect(found_.defects, defect_kind::invalid_msg_id);
        }
    }

    /// Without brackets at all: what some mailers write in Message-ID.
    void read_bare() {
        token_reader words(body_.text);
        for (words.skip_cfws(); !words.at_end(); words.skip_cfws()) {
            std::string_view const word = words.take_word(",;");
            if (word.find('@') != word.npos) add(std::string(word));
            words.take(',') || words.take(';');
        }
    }

    void add(std::string id) {
        bool const folded = std::erase_if(id, is_blank) != 0;
        bool const sound = !folded && id.find('@') != id.npos;
        if (!sound) add_defect(found_.defects, defect_kind::invalid_msg_id);
        bool const usable = !id.empty() && id.size() <= limits::line_octets && !was_repaired(id);
        if (usable)
            found_.ids.push_back(std::move(id));
        else
            add_defect(found_.defects, defect_kind::invalid_msg_id);
    }

    void keep_within_limit() {
        if (found_.ids.size() <= limits::msg_ids) return;
        auto const first_kept = found_.ids.end() - (limits::msg_ids - 1);
        found_.ids.erase(found_.ids.begin() + 1, first_kept);
        found_.defects.push_back(defect_kind::value_limit);
    }

    field_text body_;
    msg_id_field found_;
};

}  // namespace

msg_id_field parse_msg_ids(std::string_view field_body) {
    return msg_id_reader(read_field_text(field_body)).read();
}

}  // namespace postrider::mime
