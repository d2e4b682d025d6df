#pragma once
#include <cstddef>
#include <postrider/mime/html_reader.hpp>
#include <postrider/mime/html_to_text.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "html_element.hpp"
#include "text_flow.hpp"

namespace postrider::mime {

/// One conversion of HTML to text. Elements stand on a stack while they are open, as a browser has them: an end tag ends
/// what it finds there, and a new block ends what cannot hold it.
class html_text_writer {
public:
    /// `html`   UTF-8; `limit`, octets of the text, at least those of `html`.
    html_text_writer(std::string_view html, std::size_t limit, html_to_text_options const& options)
        : options_(options), reader_(html), flow_(limit, options.width) {}

    std::string write();

private:
    struct open_element {
        html_element const* element;
        bool hidden;  // by itself
        long number;  // of a list's next item
    };
    struct open_link {
        std::string url;
        std::string text;  // what was shown so far, as far as it can equal the URL
    };

    void start_tag();
    void end_tag();
    void text();

    void open(html_element const& element, bool hidden);
    void close_down_to(std::size_t size);
    void close_what_cannot_hold(html_form form);
    void begin(open_element& one);
    void end(open_element const& one);
    void begin_item();
    void void_element(html_form form);
    void show(std::string_view utf8);

    void begin_link();
    void end_link();
    void put_url(open_link const& link);
    std::size_t footnote(std::string const& url);
    void put_footnotes();

    html_to_text_options const& options_;
    html_reader reader_;
    text_flow flow_;
    std::vector<open_element> open_;
    std::size_t beyond_ = 0;  // elements open that are too deep to stand in `open_`
    std::size_t hidden_ = 0;  // those of `open_` that hide what is in them
    std::size_t preformatted_ = 0;
    std::size_t lists_ = 0;
    bool first_in_pre_ = false;

    std::vector<open_link> links_;  // none or one: links do not nest
    std::size_t owed_ = 0;          // octets of URLs yet to be shown
    std::vector<std::string> notes_;
    std::unordered_map<std::string, std::size_t> note_numbers_;
};

}  // namespace postrider::mime
