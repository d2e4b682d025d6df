#include <gmime/gmime.h>

#include <memory>

#include <timing.hpp>
#include "peers.hpp"

namespace parse_bench {
namespace {

bool started = (g_mime_init(), true);

struct unref {
    void operator()(gpointer object) const { g_object_unref(object); }
    void operator()(char* text) const { g_free(text); }
};
template <class T>
using owned = std::unique_ptr<T, unref>;

std::string text_or_empty(char const* text) {
    return text ? text : "";
}

/// A parser over octets that belong to somebody else, without a copy of them.
class parser_over {
public:
    parser_over(std::string_view octets, GMimeFormat format)
        : array_(g_byte_array_new_take(reinterpret_cast<guint8*>(const_cast<char*>(octets.data())), octets.size())) {
        owned<GMimeStream> const stream(g_mime_stream_mem_new());
        g_mime_stream_mem_set_byte_array(GMIME_STREAM_MEM(stream.get()), array_);
        g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream.get()), FALSE);
        parser_.reset(g_mime_parser_new_with_stream(stream.get()));
        g_mime_parser_set_format(parser_.get(), format);
    }
    ~parser_over() {
        parser_.reset();
        g_byte_array_free(array_, FALSE);
    }
    parser_over(parser_over const&) = delete;
    parser_over& operator=(parser_over const&) = delete;

    bool at_end() const { return g_mime_parser_eos(parser_.get()); }
    owned<GMimeMessage> next() { return owned<GMimeMessage>(g_mime_parser_construct_message(parser_.get(), nullptr)); }

private:
    GByteArray* array_;
    owned<GMimeParser> parser_;
};

class reader {
public:
    explicit reader(reading* out) : out_(out) {}
    std::size_t total() const { return total_; }

    void take(GMimeMessage* message) {
        take_headers(GMIME_OBJECT(message));
        if (auto* body = g_mime_message_get_mime_part(message)) take(body);
    }

private:
    void take(GMimeObject* part) {
        take_headers(part);
        if (GMIME_IS_MULTIPART(part)) {
            auto* multipart = GMIME_MULTIPART(part);
            for (int i = 0; i < g_mime_multipart_get_count(multipart); ++i)
                take(g_mime_multipart_get_part(multipart, i));
        } else if (GMIME_IS_MESSAGE_PART(part)) {
            if (auto* message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part))) take(message);
        } else if (GMIME_IS_TEXT_PART(part)) {
            owned<char> text(g_mime_text_part_get_text(GMIME_TEXT_PART(part)));
            keep(text_or_empty(text.get()));
        } else if (GMIME_IS_PART(part)) {
            take_content(GMIME_PART(part));
        }
    }

    void take_headers(GMimeObject* part) {
        auto* headers = g_mime_object_get_header_list(part);
        for (int i = 0; i < g_mime_header_list_get_count(headers); ++i)
            total_ += text_or_empty(g_mime_header_get_value(g_mime_header_list_get_header_at(headers, i))).size();
    }

    void take_content(GMimePart* part) {
        owned<GMimeStream> stream(g_mime_stream_mem_new());
        auto* content = g_mime_part_get_content(part);
        if (content) g_mime_data_wrapper_write_to_stream(content, stream.get());
        auto* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
        total_ += array->len;
        if (out_) out_->leaves.emplace_back(reinterpret_cast<char const*>(array->data), array->len);
    }

    void keep(std::string text) {
        total_ += text.size();
        if (out_) out_->leaves.push_back(std::move(text));
    }

    reading* out_;
    std::size_t total_ = 0;
};

std::string addresses(InternetAddressList* list) {
    std::string text;
    for (int i = 0; i < internet_address_list_length(list); ++i) {
        auto* one = internet_address_list_get_address(list, i);
        if (!INTERNET_ADDRESS_IS_MAILBOX(one)) continue;
        if (!text.empty()) text += ", ";
        text += text_or_empty(internet_address_get_name(one)) + " <" +
                internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)) + '>';
    }
    return text;
}

list_line line_of(GMimeMessage* message) {
    list_line line;
    line.from = addresses(g_mime_message_get_from(message));
    line.to = addresses(g_mime_message_get_to(message));
    line.subject = text_or_empty(g_mime_message_get_subject(message));
    if (auto* date = g_mime_message_get_date(message)) line.date = static_cast<long>(g_date_time_to_unix(date));
    line.message_id = '<' + text_or_empty(g_mime_message_get_message_id(message)) + '>';
    return line;
}

}  // namespace

bool const has_gmime = started;

std::size_t read_with_gmime(std::string_view octets, reading* out) {
    parser_over parser(octets, GMIME_FORMAT_MESSAGE);
    auto const message = parser.next();
    if (!message) return 0;
    if (out) out->subject = text_or_empty(g_mime_message_get_subject(message.get()));
    reader all(out);
    all.take(message.get());
    return all.total();
}

std::size_t list_with_gmime(std::string_view mbox, std::vector<list_line>* out) {
    parser_over parser(mbox, GMIME_FORMAT_MBOX);
    std::size_t count = 0;
    for (; !parser.at_end(); ++count) {
        auto const message = parser.next();
        if (!message) break;
        list_line line = line_of(message.get());
        bench::keep(line);
        if (out) out->push_back(std::move(line));
    }
    return count;
}

}  // namespace parse_bench
