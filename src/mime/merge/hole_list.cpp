#include <algorithm>
#include <postrider/codec/charset.hpp>
#include <postrider/mime/merge.hpp>

#include "address_template.hpp"
#include "template_text.hpp"

namespace postrider::mime {
namespace {

/// Finds the holes wherever a plan would fill them, and in places where it would refuse them too.
class hole_finder {
public:
    void look_at(message const& mail) {
        for (auto const& one : mail.fields()) std::visit([&](auto const& body) { look_at(body, one.name); }, one.body);
        if (mail.text_body()) look_at(mail.text_body()->octets, "the text");
        if (mail.html_body()) look_at(mail.html_body()->octets, "the HTML");
        if (auto const* text = std::get_if<text_content>(&mail.body())) look_at(text->octets, "the text");
        if (auto const* all = std::get_if<message::multipart_content>(&mail.body()))
            for (auto const& part : all->parts) look_at(part);
        for (auto const* parts : {&mail.inline_parts(), &mail.attachments()})
            for (auto const& part : *parts) look_at(part);
    }

    std::vector<merge_hole> found;

private:
    void look_at(std::string const& text, std::string_view place) {
        if (merge::looks_like_template(text)) add(merge::read_template(text, place, nullptr));
    }
    void look_at(parameterized const& body, std::string_view place) {
        for (auto const& one : body.parameters)
            if (one.value) look_at(*one.value, place);
    }
    void look_at(std::vector<address_entry> const& entries, std::string_view place) {
        for (auto const& entry : merge::address_templates(entries, place, nullptr)) {
            add(entry.name);
            for (auto const& one : entry.mailboxes) add(one.name), add(one.address);
        }
    }

    void add(merge::template_text const& text) {
        for (auto const& segment : text) {
            auto const* one = std::get_if<merge::hole>(&segment);
            if (!one) continue;
            auto known = std::ranges::find(found, one->name, &merge_hole::name);
            if (known == found.end())
                found.push_back({one->name, one->fallback.has_value()});
            else
                known->has_fallback &= one->fallback.has_value();
        }
    }
};

}  // namespace

std::vector<merge_hole> merge_holes(message const& mail) {
    hole_finder finder;
    finder.look_at(mail);
    return std::move(finder.found);
}

}  // namespace postrider::mime
