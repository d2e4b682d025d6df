#include <gmime/gmime.h>

#include <cstring>
#include <map>
#include <vector>

#include "peers.hpp"

namespace compose_bench {
namespace {

bool started = (g_mime_init(), true);

GMimeObject* text_part(std::string const& text, char const* subtype) {
    auto* part = g_mime_text_part_new_with_subtype(subtype);
    g_mime_text_part_set_charset(part, "utf-8");
    g_mime_text_part_set_text(part, text.c_str());
    g_mime_part_set_content_encoding(GMIME_PART(part), GMIME_CONTENT_ENCODING_BASE64);
    return GMIME_OBJECT(part);
}

// Made once for each of the two: the octets stay where they are.
GByteArray* array_over(std::string const& octets) {
    static std::map<std::string const*, GByteArray*> known;
    auto*& array = known[&octets];
    if (!array) {
        array = g_byte_array_new();
        g_byte_array_append(array, reinterpret_cast<guint8 const*>(octets.data()), static_cast<guint>(octets.size()));
    }
    return array;
}

GMimeObject* data_part(std::string const& octets, char const* type, char const* subtype, char const* name) {
    auto* part = g_mime_part_new_with_type(type, subtype);
    auto* stream = g_mime_stream_mem_new_with_byte_array(array_over(octets));
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
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

GMimeObject* classic(material const& data) {
    auto* alternative = g_mime_multipart_new_with_subtype("alternative");
    add(alternative, text_part(data.text, "plain"));
    add(alternative, text_part(data.html, "html"));
    auto* related = g_mime_multipart_new_with_subtype("related");
    add(related, GMIME_OBJECT(alternative));
    auto* image = data_part(*data.png, "image", "png", "chart.png");
    g_mime_object_set_disposition(image, "inline");
    g_mime_object_set_content_id(image, "image1");
    add(related, image);
    auto* mixed = g_mime_multipart_new_with_subtype("mixed");
    add(mixed, GMIME_OBJECT(related));
    add(mixed, data_part(*data.pdf, "application", "pdf", "report.pdf"));
    return GMIME_OBJECT(mixed);
}

GMimeMessage* composed(material const& data, kind what) {
    auto* mail = g_mime_message_new(TRUE);
    g_mime_message_add_mailbox(mail, GMIME_ADDRESS_TYPE_FROM, author_name, author);
    g_mime_message_add_mailbox(mail, GMIME_ADDRESS_TYPE_TO, recipient_name, recipient);
    g_mime_message_add_mailbox(mail, GMIME_ADDRESS_TYPE_CC, reader_name, reader);
    g_mime_message_set_subject(mail, subject, "utf-8");
    auto* now = g_date_time_new_now_local();
    g_mime_message_set_date(mail, now);
    g_date_time_unref(now);
    auto* id = g_mime_utils_generate_message_id("example.com");
    g_mime_message_set_message_id(mail, id);
    g_free(id);
    auto* body = what == kind::small ? text_part(data.text, "plain") : classic(data);
    g_mime_message_set_mime_part(mail, body);
    g_object_unref(body);
    return mail;
}

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

bool has_one(InternetAddressList* list, char const* name, char const* address) {
    if (internet_address_list_length(list) != 1) return false;
    auto* one = internet_address_list_get_address(list, 0);
    return !std::strcmp(internet_address_get_name(one), name) &&
           !std::strcmp(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)), address);
}

std::string without_cr(std::string text) {
    std::erase(text, '\r');
    return text;
}

}  // namespace

bool const has_gmime = started;

std::size_t with_gmime(material const& data, kind what, std::string* out) {
    static auto* const format = [] {
        auto* options = g_mime_format_options_new();
        g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
        return options;
    }();
    auto* mail = composed(data, what);
    auto* stream = g_mime_stream_mem_new();
    g_mime_object_write_to_stream(GMIME_OBJECT(mail), format, stream);
    auto* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    std::size_t size = array->len;
    if (out) out->assign(reinterpret_cast<char const*>(array->data), size);
    g_object_unref(stream);
    g_object_unref(mail);
    return size;
}

bool read_back(material const& data, kind what, std::string const& octets) {
    auto* stream = g_mime_stream_mem_new_with_buffer(octets.data(), octets.size());
    auto* parser = g_mime_parser_new_with_stream(stream);
    auto* mail = g_mime_parser_construct_message(parser, nullptr);
    std::vector<std::string> leaves;
    if (GMIME_IS_PART(g_mime_message_get_mime_part(mail)))
        collect(nullptr, g_mime_message_get_mime_part(mail), &leaves);
    else
        g_mime_message_foreach(mail, collect, &leaves);
    bool same = !std::strcmp(g_mime_message_get_subject(mail), subject) &&
                has_one(g_mime_message_get_from(mail), author_name, author) &&
                has_one(g_mime_message_get_to(mail), recipient_name, recipient) &&
                has_one(g_mime_message_get_cc(mail), reader_name, reader) && g_mime_message_get_date(mail) &&
                g_mime_message_get_message_id(mail) && leaves.size() == (what == kind::small ? 1u : 4u) &&
                without_cr(leaves[0]) == data.text;
    if (same && what == kind::classic)
        same = without_cr(leaves[1]) == data.html && leaves[2] == *data.png && leaves[3] == *data.pdf;
    g_object_unref(mail);
    g_object_unref(parser);
    g_object_unref(stream);
    return same;
}

}  // namespace compose_bench
