#include <algorithm>
#include <initializer_list>
#include <postrider/codec/charset.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/list_fields.hpp>
#include <postrider/mime/reply.hpp>
#include <unordered_set>

#include <postrider/mime/fold_case.hpp>
#include "original.hpp"
#include "text_lines.hpp"

namespace postrider::mime {
namespace {

/// Whom an answer goes to, each once.
class recipient_list {
public:
    /// Takes from `many` whom no list before this took.
    std::vector<mailbox> take(std::vector<mailbox> many) {
        std::erase_if(many, [this](mailbox const& one) { return !seen_.insert(fold_case(one.address)).second; });
        return many;
    }
    void pass_over(std::string_view address) { seen_.insert(fold_case(address)); }
    bool passes_over(mailbox const& one) const { return seen_.contains(fold_case(one.address)); }

private:
    std::unordered_set<std::string> seen_;
};

std::vector<mailbox> first_of(parsed_part const& root, std::initializer_list<std::string_view> field_names) {
    for (auto name : field_names)
        if (auto found = mailboxes_of(root, name); !found.empty()) return found;
    return {};
}

// mailto:list@example.com?subject=x
std::vector<mailbox> list_address(parsed_part const& root) {
    auto const fields = root.fields();
    auto const found = fields.find("List-Post");
    if (found == fields.end()) return {};
    constexpr std::string_view scheme = "mailto:";
    for (auto const& uri : parse_list_uris(found->body).uris) {
        if (!uri.starts_with(scheme)) continue;
        auto const address = std::string_view(uri).substr(scheme.size());
        if (auto spec = parse_addr_spec(address.substr(0, address.find('?')));
            spec && spec->size() < limits::line_octets - 4)
            return {{"", std::move(*spec)}};
    }
    return {};
}

void address(message& answer, parsed_part const& root, reply_options const& options) {
    if (auto list = options.to_list ? list_address(root) : std::vector<mailbox>(); !list.empty()) {
        answer.to(list);
        return;
    }
    if (auto wanted = mailboxes_of(root, "Mail-Followup-To");
        options.all && options.heed_mail_followup_to && !wanted.empty()) {
        answer.to(recipient_list().take(std::move(wanted)));
        return;
    }
    recipient_list known;
    for (auto const& own : options.own_addresses) known.pass_over(own);
    for (auto const& own : mailboxes(options.from.entries())) known.pass_over(own.address);

    auto authors = first_of(root, {"From", "Sender"});
    bool const own_mail = !authors.empty() && known.passes_over(authors.front());
    auto to = own_mail ? mailboxes_of(root, "To") : first_of(root, {"Reply-To", "From", "Sender"});
    auto others = known.take(to);
    answer.to(others.empty() ? recipient_list().take(std::move(to)) : std::move(others));
    if (!options.all) return;
    if (!own_mail) answer.cc(known.take(mailboxes_of(root, "To")));
    answer.cc(known.take(mailboxes_of(root, "Cc")));
}

// What came in is not looked at again: a name may be "{date}".
std::string attribution(parsed_part const& root, std::string_view line) {
    auto const authors = first_of(root, {"From", "Sender"});
    auto const author = authors.empty() ? mailbox{{}, "somebody"} : authors.front();
    auto const date = date_of(root);
    std::string out;
    for (;;) {
        auto const brace = std::min(line.find('{'), line.size());
        out += line.substr(0, brace);
        line.remove_prefix(brace);
        if (line.empty()) return out;
        auto const name = line.substr(0, line.find('}') + 1);
        if (name == "{date}")
            out += date.empty() ? "a day unknown" : date;
        else if (name == "{author}")
            out += author.name.empty() ? author.address : author.name;
        else
            out += name == "{address}" ? std::string_view(author.address) : line.substr(0, 1);
        bool const known = name == "{date}" || name == "{author}" || name == "{address}";
        line.remove_prefix(known ? name.size() : 1);
    }
}

}  // namespace

std::string quoted_text(parsed_message const& original, bool keep_signature) {
    auto const text = body_text(original, keep_signature);
    auto const whole = text.size() <= limits::quoted_octets;
    std::string out;
    for (auto rest = std::string_view(text).substr(0, codec::utf8_prefix(text, limits::quoted_octets));
         !rest.empty();) {
        auto const line = take_line(rest);
        out += line.empty() || line.starts_with('>') ? ">" : "> ";
        out += line;
        out += '\n';
    }
    return whole ? out : out + "> [...]\n";
}

message reply_to_message(parsed_message const& original, reply_options const& options) {
    auto const root = original.root();
    message answer;
    answer.from(options.from);
    address(answer, root, options);
    answer.subject(reply_subject(line_of(root, "Subject")));
    continue_thread(answer, root);

    auto text = options.text;
    if (options.quote) {
        if (!text.empty()) text += text.ends_with('\n') ? "\n" : "\n\n";
        text += attribution(root, options.attribution) + '\n' + quoted_text(original, options.keep_signature);
    }
    return answer.text(std::move(text));
}

}  // namespace postrider::mime
