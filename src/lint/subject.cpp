#include <algorithm>
#include <postrider/codec/encoded_word.hpp>
#include <postrider/core/ascii.hpp>

#include "letter.hpp"
#include "words.hpp"

namespace postrider::lint {
namespace {

constexpr std::size_t characters_in_lists = 78;

}  // namespace

void check_subject(letter const& mail, findings& found) {
    auto const field = mail.field("Subject");
    auto const text = field ? codec::decode_words(mime::unfold(field->body)).text : std::string();
    auto const here = field ? in_header(*field) : place();
    found.judge("subject-present", !trimmed(text).empty(), {}, here);
    if (!field) return;
    found.judge("subject-length", characters(text) <= characters_in_lists, {{"characters", characters(text)}}, here);
    bool const controls =
        std::any_of(text.begin(), text.end(), [](char c) { return ascii::is_control(c) && c != '\t'; });
    found.judge("subject-controls", !controls, {{"subject", text}}, here);
}

}  // namespace postrider::lint
