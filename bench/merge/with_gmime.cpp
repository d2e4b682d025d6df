#include <gmime/gmime.h>

#include <cstring>

#include "peers.hpp"

namespace merge_bench {
namespace {

bool const started = (g_mime_init(), true);

void set_text(GMimeTextPart* part, std::string const& text) {
    g_mime_text_part_set_charset(part, "utf-8");
    g_mime_text_part_set_text(part, text.c_str());
    g_mime_part_set_content_encoding(GMIME_PART(part), GMIME_CONTENT_ENCODING_BASE64);
}

GMimeObject* data_part(std::string const& octets, char const* type, char const* subtype, char const* name) {
    auto* part = g_mime_part_new_with_type(type, subtype);
    auto* stream = g_mime_stream_mem_new_with_buffer(octets.data(), octets.size());
    auto* content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    g_mime_part_set_content(part, content);
    g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
    g_mime_part_set_filename(part, name);
    g_object_unref(content);
    g_object_unref(stream);
    return GMIME_OBJECT(part);
}

void add(GMimeMultipart* to, GMimeObject* part) {
    g_mime_multipart_add(to, part);
    g_object_unref(part);
}

/// Built once; only what differs is set for each person, which is the cheapest way that GMime has.
struct letter {
    GMimeMessage* mail = g_mime_message_new(TRUE);
    GMimeTextPart* text = g_mime_text_part_new_with_subtype("plain");
    GMimeTextPart* html = g_mime_text_part_new_with_subtype("html");
    GMimeFormatOptions* format = g_mime_format_options_new();

    explicit letter(material const& data) {
        auto* alternative = g_mime_multipart_new_with_subtype("alternative");
        g_mime_multipart_add(alternative, GMIME_OBJECT(text));
        g_mime_multipart_add(alternative, GMIME_OBJECT(html));
        auto* related = g_mime_multipart_new_with_subtype("related");
        add(related, GMIME_OBJECT(alternative));
        auto* image = data_part(*data.png, "image", "png", "chart.png");
        g_mime_object_set_disposition(image, "inline");
        g_mime_object_set_content_id(image, "image1");
        add(related, image);
        auto* mixed = g_mime_multipart_new_with_subtype("mixed");
        add(mixed, GMIME_OBJECT(related));
        add(mixed, data_part(*data.pdf, "application", "pdf", "report.pdf"));
        g_mime_message_set_mime_part(mail, GMIME_OBJECT(mixed));
        g_object_unref(mixed);
        g_mime_message_add_mailbox(mail, GMIME_ADDRESS_TYPE_FROM, author_name, author);
        g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
    }
    ~letter() {
        g_object_unref(text);
        g_object_unref(html);
        g_object_unref(mail);
        g_mime_format_options_free(format);
    }
    letter(letter const&) = delete;
    letter& operator=(letter const&) = delete;

    void address_to(material const& data, person const& one) {
        auto* to = g_mime_message_get_to(mail);
        internet_address_list_clear(to);
        auto* who = internet_address_mailbox_new(one.name.c_str(), one.email.c_str());
        internet_address_list_add(to, who);
        g_object_unref(who);
        g_mime_message_set_subject(mail, filled(subject, one, false).c_str(), "utf-8");
        auto* now = g_date_time_new_now_local();
        g_mime_message_set_date(mail, now);
        g_date_time_unref(now);
        auto* id = g_mime_utils_generate_message_id("example.com");
        g_mime_message_set_message_id(mail, id);
        g_free(id);
        set_text(text, filled(data.text, one, false));
        set_text(html, filled(data.html, one, true));
    }

    std::size_t write(std::string* out) const {
        auto* stream = g_mime_stream_mem_new();
        g_mime_object_write_to_stream(GMIME_OBJECT(mail), format, stream);
        auto* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
        std::size_t const size = array->len;
        if (out) out->assign(reinterpret_cast<char const*>(array->data), size);
        g_object_unref(stream);
        return size;
    }
};

std::string content_of(GMimeObject* part) {
    auto* stream = g_mime_stream_mem_new();
    g_mime_data_wrapper_write_to_stream(g_mime_part_get_content(GMIME_PART(part)), stream);
    auto* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    std::string octets(reinterpret_cast<char const*>(array->data), array->len);
    g_object_unref(stream);
    return octets;
}

void collect(GMimeObject*, GMimeObject* part, gpointer leaves) {
    if (GMIME_IS_PART(part)) static_cast<std::vector<std::string>*>(leaves)->push_back(content_of(part));
}

bool is_to(GMimeMessage* mail, person const& one) {
    auto* list = g_mime_message_get_to(mail);
    if (internet_address_list_length(list) != 1) return false;
    auto* who = internet_address_list_get_address(list, 0);
    return one.name == internet_address_get_name(who) &&
           one.email == internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(who));
}

std::string without_cr(std::string text) {
    std::erase(text, '\r');
    return text;
}

}  // namespace

bool const has_gmime = started;

std::size_t with_gmime(material const& data, std::vector<person> const& people, std::string* last) {
    letter one(data);
    std::size_t octets = 0;
    for (auto const& who : people) {
        one.address_to(data, who);
        octets += one.write(&who == &people.back() ? last : nullptr);
    }
    return octets;
}

bool read_back(material const& data, person const& one, std::string const& octets) {
    auto* stream = g_mime_stream_mem_new_with_buffer(octets.data(), octets.size());
    auto* parser = g_mime_parser_new_with_stream(stream);
    auto* mail = g_mime_parser_construct_message(parser, nullptr);
    std::vector<std::string> leaves;
    g_mime_message_foreach(mail, collect, &leaves);
    bool const same = filled(subject, one, false) == g_mime_message_get_subject(mail) && is_to(mail, one) &&
                      g_mime_message_get_date(mail) && g_mime_message_get_message_id(mail) && leaves.size() == 4 &&
                      without_cr(leaves[0]) == filled(data.text, one, false) &&
                      without_cr(leaves[1]) == filled(data.html, one, true) && leaves[2] == *data.png &&
                      leaves[3] == *data.pdf;
    g_object_unref(mail);
    g_object_unref(parser);
    g_object_unref(stream);
    return same;
}

}  // namespace merge_bench
