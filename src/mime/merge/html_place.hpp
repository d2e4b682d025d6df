#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace postrider::mime::merge {

/// What a value would be taken for at some place of an HTML text.
enum class html_place {
    text,             ///< between tags, in a title or a comment
    attribute_value,  ///< between quotes
    url_begin,        ///< the same, of an attribute that holds a URL
    url_inside,       ///< behind the URL's beginning
    unquoted_value,   ///< a blank would end it
    markup,           ///< the name of a tag or an attribute, or near one
    code,             ///< script, style, an event handler
};

/// Follows an HTML text through the states of the HTML standard's tokenizer that tell these places apart, each octet
/// once. A value that is escaped for its place leaves the state as it is.                            HTML §13.2.5
class html_scanner {
public:
    void read(std::string_view literal);

    /// Where the text read so far ends, for a value that goes in there.
    html_place take_value() noexcept;

private:
    enum class state {
        data,
        raw_text,  // script, style: until their end tag
        tag_open,
        declaration,  // behind "<!"
        bogus_comment,
        comment,
        end_tag_open,
        tag_name,
        before_attribute,
        attribute_name,
        after_attribute_name,
        before_value,
        double_quoted,
        single_quoted,
        unquoted,
    };

    void step(char c);
    void step_in_raw_text(char c);
    void step_in_markup(char c);
    void step_in_value(char c);
    void begin_tag(char c, bool closing);
    void end_tag();
    html_place place_in_value() const noexcept;

    state state_ = state::data;
    std::string tag_, attribute_;  // names, in lower case
    std::string raw_end_;          // "</script"; of a title too, where text is text
    std::size_t matched_ = 0;      // of raw_end_
    std::size_t dashes_ = 0;       // before this place of a comment
    bool closing_ = false;
    bool value_begun_ = false;
};

}  // namespace postrider::mime::merge
