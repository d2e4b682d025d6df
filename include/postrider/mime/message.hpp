#pragma once
#include <chrono>
#include <concepts>
#include <cstddef>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <postrider/core/host.hpp>
#include <postrider/core/octets.hpp>
#include <postrider/mime/address.hpp>
#include <postrider/mime/content.hpp>
#include <postrider/mime/defect.hpp>
#include <postrider/mime/error.hpp>
#include <postrider/mime/header_field.hpp>
#include <postrider/mime/part_range.hpp>
#include <postrider/mime/policy.hpp>
#include <postrider/mime/wire.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace postrider::mime {

class decoded_content;
struct origin;

/// How content that is set is to be called and to travel: the keyword arguments of Python's set_content.
///     mail.add_related(octets, "image", "png", mime::content_options{.cid = "image1"});
struct content_options {
    std::string charset = "utf-8";       ///< of text, which is given in UTF-8 whatever it says
    std::string cte = {};                ///< "7bit", "8bit", "quoted-printable", "base64"; empty: what suits it best
    std::string disposition = {};        ///< empty: "attachment" where there is a file name, else none
    std::string filename = {};           ///< UTF-8; of Content-Disposition
    std::string cid = {};                ///< of Content-ID, with or without angle brackets
    std::vector<parameter> params = {};  ///< of Content-Type
    std::vector<std::pair<std::string, std::string>> headers = {};  ///< further fields, as `header` takes them
};

/// A message, or a body part of one: header fields and a body, as a value. Copies are cheap (attached octets are
/// shared) and independent. Two ways to build one, which may be mixed:
///
/// - the front door: `from`, `subject`, `text`, `html` replace; `to`, `cc`, `bcc`, `attach*`, `inline*` add. Their
///   order never matters; the structure (mixed, related, alternative) follows from what is there when the message is
///   rendered.
/// - Python's: `mime::multipart("mixed")`, `mime::text("...")`, `operator[]`, `attach(part)`, `add_header`,
///   `set_payload` (mime/kinds.hpp).
///
/// Bad input throws mime::error at the call: control_character, bad_address, bad_field_name, ... Rendering
/// (mime/render.hpp) supplies Date, Message-ID and MIME-Version where they are missing, chooses a transfer encoding for
/// each leaf and never writes Bcc.
class message {
public:
    message() = default;

    // The front door. Text is UTF-8. An address_list is made from text ("Ann <ann@example.net>, bob@example.net"), a
    // mailbox, a group, or a list of them.

    message& from(address_list authors);  ///< several authors need a sender
    message& sender(address_list one);
    message& reply_to(address_list addresses);
    message& to(address_list recipients);
    message& cc(address_list recipients);
    message& bcc(address_list recipients);  ///< in the envelope, never in what is sent
    message& subject(std::string text);
    message& date(std::chrono::system_clock::time_point when);  ///< written in local time
    message& date(std::chrono::system_clock::time_point when, std::chrono::seconds utc_offset);
    message& message_id(std::string id);  ///< with or without angle brackets

    /// The body for readers of text, and the one for readers of HTML. With both, the message is multipart/alternative.
    /// `charset`  to write it in; without one, us-ascii or utf-8.
    /// errors     unencodable; rejected for a leaf that has its content already (mime::text, set_payload).
    message& text(std::string plain, std::string_view charset = {});
    message& html(std::string markup, std::string_view charset = {});

    /// Adds a part to a multipart, or an attachment to a message that says nothing of its structure.
    /// errors     not_multipart for a leaf.
    message& attach(message part);

    /// Attaches a file. It is opened now and read while the message is sent: its size must not change until then.
    /// Its type follows from its name, else from its first octets, unless `type` says "main/sub".
    /// errors     unreadable_file, with the system's reason and the path.
    message& attach_file(std::filesystem::path const& path, std::string type = {}, host const& from = system_host());

    /// Attaches octets under a file name. `octets` is moved in, or shared, never copied again.
    message& attach_data(std::string_view name, std::string octets, std::string type = {});
    message& attach_data(std::string_view name, shared_octets octets, std::string type = {});
    message& attach_data(std::string_view name, octet_source_ptr octets, std::string type = {});

    /// What the HTML body shows: `<img src="cid:image1">` for the cid "image1".
    message& inline_file(std::string_view cid, std::filesystem::path const& path, std::string type = {},
                         host const& from = system_host());
    message& inline_data(std::string_view cid, std::string octets, std::string type = {}, std::string_view name = {});
    message& inline_data(std::string_view cid, shared_octets octets, std::string type = {}, std::string_view name = {});

    /// Adds a header field; a Content-* field replaces the one that stands.
    /// errors     bad_field_name; control_character; bad_address in an address field; duplicate_field where RFC 5322
    ///            §3.6 allows only one.
    message& header(std::string_view name, std::string_view value);

    /// Adds a field with parameters, as Python's add_header.
    ///     part.add_header("Content-Disposition", "attachment", {{"filename", "报告.pdf"}});
    ///     part.add_header("Content-Disposition", "attachment",
    ///                     {{"filename", charset_triple{"gb2312", "", "报告.pdf"}}});
    message& add_header(std::string_view name, std::string_view value,
                        std::initializer_list<parameter> parameters = {});
    message& add_header(std::string_view name, std::string_view value, std::vector<parameter> parameters);

    /// Replaces the first field of that name, in its place; adds it if there is none.
    message& replace_header(std::string_view name, std::string_view value);

    /// Removes all fields of that name.
    message& del(std::string_view name);

    /// The first field of that name / all of them, as one line of UTF-8 each.
    std::optional<std::string> get(std::string_view name) const;
    std::vector<std::string> get_all(std::string_view name) const;
    bool contains(std::string_view name) const;

    /// `mail["X-Name"] = "v"` does what `header` does; `std::string v = mail["X-Name"]` reads the first such field,
    /// empty if there is none.
    class field_access;
    field_access operator[](std::string_view name);
    std::string operator[](std::string_view name) const;

    /// The content of a leaf: text where `charset` says so or the type is text, else octets as they are.
    /// errors     not_multipart for a multipart; unencodable.
    message& set_payload(std::string octets, std::string_view charset = {});
    message& set_payload(shared_octets octets);
    message& set_payload(octet_source_ptr octets);

    // Reading it

    /// The message and all parts below it, depth first, in the order in which they are written. The range is found at
    /// the call; what changes a part's structure makes the parts below it in the range invalid.
    part_range walk() const;
    mutable_part_range walk();

    /// The parts right below a multipart, or the message that a message/rfc822 encloses.
    part_range iter_parts() const;
    mutable_part_range iter_parts();

    /// Part number `index` of a multipart, 0 being what a message/rfc822 encloses; nullptr where there is none.
    template <std::integral Index>
    requires(!std::same_as<Index, bool>) message const* get_payload(Index index) const {
        return payload_at(static_cast<std::size_t>(index));
    }
    template <std::integral Index>
    requires(!std::same_as<Index, bool>) message* get_payload(Index index) {
        return payload_at(static_cast<std::size_t>(index));
    }

    /// A leaf's content: with `decode` its octets, without it as it travelled here, transfer-encoded; what was composed
    /// has not travelled yet. Nothing for a multipart or an enclosed message: those have parts.
    std::optional<std::string> get_payload(bool decode = false) const;

    /// A leaf's content as a program wants it: text in UTF-8, other octets as they are. Undecodable octets of a text
    /// are U+FFFD; an unknown charset is read as UTF-8. Of a multipart it is empty, of an enclosed message its octets.
    /// A source that cannot be read is empty, too.
    std::string get_content() const;

    /// The body to show: the first of `preference` that is there. Plain and html are the text bodies, related is what
    /// holds an HTML body with its images; its root is the part that `start` names (RFC 2387 §3.2). Attachments are
    /// passed over. The const one hands over a copy, which is valid on its own; the other points into the message.
    std::optional<message const> get_body(std::vector<std::string_view> const& preference = {"related", "html",
                                                                                             "plain"}) const;
    message* get_body(std::vector<std::string_view> const& preference = {"related", "html", "plain"});

    /// The parts right below that are no bodies. Of a multipart/related all but its root, of a multipart/alternative none.
    part_range iter_attachments() const;
    mutable_part_range iter_attachments();

    /// "type/subtype" in lower case; what RFC 2045 §5.2 says where the field is missing or makes no sense.
    std::string get_content_type() const;
    std::string get_content_maintype() const;
    std::string get_content_subtype() const;

    /// "text/plain", or "message/rfc822" in a multipart/digest: what a part without a Content-Type is.  RFC 2046 §5.1.5
    std::string get_default_type() const { return default_is_message_ ? "message/rfc822" : "text/plain"; }
    message& set_default_type(std::string_view type);  ///< one of the two; throws bad_field_body for another

    /// The charset as it is declared, in lower case / that of each part, as walk() has them.
    std::optional<std::string> get_content_charset() const;
    std::vector<std::optional<std::string>> get_charsets() const;
    std::optional<std::string> get_charset() const { return get_content_charset(); }

    /// "attachment", "inline", ... in lower case.                                                      RFC 2183 §2
    std::optional<std::string> get_content_disposition() const;
    bool is_attachment() const;

    /// `filename` of Content-Disposition, else `name` of Content-Type. Untrusted: it may hold path separators.
    std::optional<std::string> get_filename() const;

    /// A parameter of a field, decoded (RFC 2231); empty for one without a value / all of them, behind the field's own
    /// value, which has the first place and no value beside it. Nothing where the field is missing.
    std::optional<std::string> get_param(std::string_view name, std::string_view field_name = "Content-Type") const;
    std::vector<std::pair<std::string, std::string>> get_params(std::string_view field_name = "Content-Type") const;

    /// The boundary that a multipart's field names, without blanks behind it. Rendering keeps it, unless a part of the
    /// multipart holds it.                                                                           RFC 2046 §5.1.1
    std::optional<std::string> get_boundary() const;

    /// Names, bodies and both, in order, each body as `get` tells it / as they stand, in octets, with their folds: those
    /// that were parsed, or those that would go out.
    std::vector<std::string> keys() const;
    std::vector<std::string> values() const;
    std::vector<std::pair<std::string, std::string>> items() const;
    std::vector<std::pair<std::string, std::string>> raw_items() const;

    /// What was wrong with this part when it was parsed. Of a composed one, nothing.
    std::vector<defect> defects() const;

    /// A leading "From " line, as an mbox has it.
    std::optional<std::string> get_unixfrom() const;

    /// Whether there are parts: a multipart that has its own, or an enclosed message.
    bool is_multipart() const noexcept {
        return is_multipart_content() || std::holds_alternative<message_content>(content_) ||
               front_door_type().starts_with("multipart/");
    }

    /// What the front door says, as parts: text, html, inline parts and attachments become the multiparts that
    /// rendering would make of them, here and below. Nothing changes in what goes out. The verbs above that hand over
    /// parts of a message do so first; on a const one, in a copy that the range keeps.
    message& settle();
    bool is_settled() const;

    /// What stands before the first delimiter of a multipart and behind its last; nothing where nothing stands. Readers
    /// that know MIME show neither.                                                                  RFC 2046 §5.1.1
    std::optional<std::string> preamble() const;
    std::optional<std::string> epilogue() const;

    // Changing it. A verb that throws leaves the message as it was.

    /// Sets a parameter of a field; what else stands there stays. A missing Content-Type begins as text/plain.
    /// errors     bad_field_body for a name that is no token, and a field that has no parameters; control_character;
    ///            unencodable where the charset lacks a character.
    message& set_param(std::string_view name, std::string_view value, std::string_view field_name = "Content-Type",
                       std::string_view charset = "utf-8", std::string_view language = {});
    message& del_param(std::string_view name, std::string_view field_name = "Content-Type");
    /// "main/sub". The parameters stay, and so does the content.                          errors: bad_field_body
    message& set_type(std::string_view type);

    /// errors     bad_field_body where there is no Content-Type, and for what can be no boundary: more than 70
    ///            characters, none, or others than printable ones
    message& set_boundary(std::string_view boundary);

    /// Writes a text leaf in another charset.            errors: unencodable; rejected for what is no text leaf
    message& set_charset(std::string_view charset);

    /// Adds a field as it stands: `value` goes out octet for octet but for its line ends, folds and encoded-words
    /// included, unless policy::refold_source asks for another form.
    /// errors     bad_field_name; control_character; bad_field_body for a line end that is no fold
    message& set_raw(std::string_view name, std::string_view value);

    /// The line in front of all, as an mbox has it; nothing for none. errors: bad_field_body where it is not "From ..."
    message& set_unixfrom(std::optional<std::string> line);

    /// Nothing, or nothing in it: none is left.                                           errors: not_multipart
    message& set_preamble(std::optional<std::string> text);
    message& set_epilogue(std::optional<std::string> text);

    /// Of the message, all its parts and what they enclose. Only the outermost one's counts in as_bytes.
    message& set_policy(mime::policy const& with);

    /// Puts new content in the place of what there is, and new Content-* fields in the place of the old ones. Other
    /// fields stay.
    /// `text`     UTF-8. Its lines go out with the line ends of the message, a final one is added where it is missing.
    /// `octets`   travel in base64 unless `how` says otherwise, and arrive as they are.
    /// errors     not_multipart for a multipart, which takes parts; bad_encoding where the content cannot travel as
    ///            `how.cte` says; unencodable; bad_field_body; control_character; those of `header`
    message& set_content(std::string text, std::string_view subtype = "plain", content_options const& how = {});
    message& set_content(std::string octets, std::string_view maintype, std::string_view subtype,
                         content_options const& how = {});
    message& set_content(data_content octets, std::string_view maintype, std::string_view subtype,
                         content_options const& how = {});
    message& set_content(message enclosed, content_options const& how = {});

    /// Adds a part, made from what set_content takes, to a multipart of that kind. What is none becomes one, its content
    /// the first part: alternative inside related inside mixed, and never the other way round.
    /// errors     those of set_content; rejected where it would have to be the other way round
    template <class... Args>
    message& add_related(Args&&... args) {
        return add_to("related", message().set_content(std::forward<Args>(args)...), "inline");
    }
    template <class... Args>
    message& add_alternative(Args&&... args) {
        return add_to("alternative", message().set_content(std::forward<Args>(args)...), "");
    }
    template <class... Args>
    message& add_attachment(Args&&... args) {
        return add_to("mixed", message().set_content(std::forward<Args>(args)...), "attachment");
    }

    /// A multipart with what was there as its first part, and its Content-* fields with it.
    /// errors     rejected, as above, and for a multipart of that kind
    message& make_related(std::string_view boundary = {});
    message& make_alternative(std::string_view boundary = {});
    message& make_mixed(std::string_view boundary = {});

    message& clear();          ///< no field and no content is left; the policy stays
    message& clear_content();  ///< no Content-* field and no content is left

    // Writing it

    /// All octets. A message that was parsed and is not touched comes out as it went in, whatever was wrong with it;
    /// what was changed is written anew, and only that. Nothing is supplied but MIME-Version, and Bcc stays;
    /// mime::render makes what is sent.
    /// `how`      mime/policy.hpp says what each of its members changes. By default what stands in the message.
    /// `unixfrom` whether an mbox "From " line leads; by default one that was parsed or set does.
    /// `from`     whose clock is on a "From " line that has to be made up, and whose randomness in boundaries.
    /// errors     those of mime::render, but for missing_sender.
    std::string as_bytes() const { return as_bytes(policy_); }
    std::string as_bytes(mime::policy const& how, std::optional<bool> unixfrom = {},
                         host const& from = system_host()) const;

    /// The same as text: content beyond ASCII is transfer-encoded, unless it is inside a multipart/signed.
    std::string as_string() const { return as_string(policy_); }
    std::string as_string(mime::policy const& how, std::optional<bool> unixfrom = {},
                          host const& from = system_host()) const;

    mime::policy const& policy() const noexcept { return policy_; }

    // What stands in it

    struct multipart_content {
        std::vector<message> parts;
        /// What stands before the first delimiter and behind the last, for readers that know no MIME. Nothing: what was
        /// parsed there, or nothing.
        std::optional<std::string> preamble = {};
        std::optional<std::string> epilogue = {};
    };
    struct message_content {
        std::shared_ptr<message const> enclosed;
    };
    /// A leaf as it was parsed: it stands in the message's octets, transfer-encoded.
    struct parsed_content {
        std::shared_ptr<origin const> from;
        std::string_view encoded() const noexcept;
        decoded_content decoded() const;  ///< mime/parse.hpp; its view lives as long as `from`
    };
    /// Nothing stands for the front door: the structure follows from text, html, inline parts and attachments.
    using content =
        std::variant<std::monostate, text_content, data_content, message_content, multipart_content, parsed_content>;

    std::vector<field> const& fields() const { return has_parsed_header_ ? parsed_fields() : fields_; }
    field const* find(std::string_view name) const;  ///< the first of that name, or nullptr
    content const& body() const noexcept { return content_; }
    std::optional<text_content> const& text_body() const noexcept { return text_; }
    std::optional<text_content> const& html_body() const noexcept { return html_; }
    std::vector<message> const& inline_parts() const noexcept { return inline_parts_; }
    std::vector<message> const& attachments() const noexcept { return attachments_; }

    /// Where it was parsed from; null for a message that was composed.
    std::shared_ptr<origin const> const& parsed_from() const noexcept { return origin_; }
    bool has_parsed_header() const noexcept { return has_parsed_header_; }  ///< and nobody touched it

    /// The mailboxes of an address field, groups flattened; none if there is no such field.
    std::vector<mailbox> addresses(std::string_view name) const;

    // For who builds messages of values. Nothing is checked: names, characters and forms are the caller's to answer for.
    void set_body(content body) { content_ = std::move(body); }
    void set_field(field one);  ///< in place of the first of that name, or added

private:
    friend class message_builder;

    message& add_to(std::string_view subtype, message part, std::string_view disposition);
    message& make_multipart(std::string_view subtype, std::initializer_list<std::string_view> refused,
                            std::string_view boundary);
    std::optional<std::string> wanted_unixfrom(std::optional<bool> wanted, host const& from) const;
    message take_content();
    message& replace_content(std::string type, content what, content_options const& how);
    void describe_content(parameterized type, content_options const& how);
    multipart_content& multipart_to_change(char const* verb);
    bool is_multipart_content() const noexcept { return std::holds_alternative<multipart_content>(content_); }
    std::string_view front_door_type() const noexcept;
    std::string implied_type() const;
    message const* payload_at(std::size_t index) const;
    message* payload_at(std::size_t index);
    void settle_front_door();
    void take_structure(message&& top);
    void unshare_enclosed();
    std::shared_ptr<message const> settled_copy() const;
    std::vector<field> const& parsed_fields() const;
    std::vector<field>& own_fields();
    field* find_own(std::string_view name);
    message& set_addresses(char const* name, address_list&& list);
    message& add_addresses(char const* name, address_list&& list);
    message& add_part(message&& part, std::vector<message>& slot);
    void need_no_leaf(char const* verb) const;
    void add_field(field one);
    void put(field one);
    void become_multipart();

    std::vector<field> fields_;
    std::optional<text_content> text_;
    std::optional<text_content> html_;
    std::vector<message> inline_parts_;
    std::vector<message> attachments_;
    content content_;
    std::shared_ptr<origin const> origin_;
    std::optional<std::string> unixfrom_;  // set by hand; empty: none is wanted
    mime::policy policy_;
    bool has_parsed_header_ = false;  // then fields_ is empty
    bool default_is_message_ = false;
};

class message::field_access {
public:
    field_access(field_access const&) = default;
    field_access& operator=(std::string_view value) {
        owner_.header(name_, value);
        return *this;
    }
    field_access& operator=(field_access const& other) { return *this = std::string_view(std::string(other)); }
    operator std::string() const { return std::as_const(owner_)[name_]; }
    friend bool operator==(field_access const& a, std::string_view b) { return std::string(a) == b; }

private:
    friend class message;
    field_access(message& owner, std::string_view name) : owner_(owner), name_(name) {}

    message& owner_;
    std::string name_;
};

inline message::field_access message::operator[](std::string_view name) {
    return {*this, name};
}

}  // namespace postrider::mime
