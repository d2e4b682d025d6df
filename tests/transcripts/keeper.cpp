#include "keeper.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <utility>

using namespace postrider::smtp;

namespace transcripts {
namespace {

reply parse_reply(std::string const& line) {
    auto const wire = line + "\r\n";
    std::string_view rest = wire;
    reply_reader reader;
    if (reader.consume(rest) != reply_reader::state::done) throw std::runtime_error("no reply: " + line);
    return reader.take();
}

std::string escaped(std::string_view octets) {
    std::string text;
    for (char const c : octets) {
        if (c == '\r')
            text += "\\r";
        else if (c == '\n')
            text += "\\n";
        else if (c == '\\')
            text += "\\\\";
        else if (static_cast<unsigned char>(c) >= ' ' && c != 0x7f)
            text += c;
        else {
            char hex[5];
            std::snprintf(hex, sizeof hex, "\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
            text += hex;
        }
    }
    return text;
}

std::string path_line(std::string_view name, std::string const& address, std::vector<parameter> const& parameters) {
    auto line = std::string(name) + "=<" + address + '>';
    for (auto const& p : parameters) line += ' ' + to_string(p);
    return line;
}

std::string message_line(envelope const& e, std::string_view content) {
    auto line = path_line("from", e.reverse_path, e.parameters);
    for (auto const& to : e.forward_paths) line += ' ' + path_line("to", to.address, to.parameters);
    return line + " content=" + escaped(content);
}

}  // namespace

void keeper::called(std::string_view verb, state due) noexcept {
    if (now_ != due && objection_.empty()) objection_ = verb;
}

reply keeper::next_verdict() {
    if (verdicts_ < dialogue_.verdicts.size()) return parse_reply(dialogue_.verdicts[verdicts_++]);
    return reply_of(250, enhanced_code{2, 0, 0}, "kept");
}

reply keeper::mail(envelope const& e) {
    called("mail", state::idle);
    now_ = state::envelope;
    return server_handler::mail(e);
}

reply keeper::rcpt(envelope const&, forward_path const& asked) {
    called("rcpt", state::envelope);
    auto const refusal = dialogue_.refusals.find(asked.address);
    if (refusal != dialogue_.refusals.end()) return parse_reply(refusal->second);
    return reply_of(250, enhanced_code{2, 1, 5}, "recipient ok");
}

reply keeper::begin_content(envelope const& e) {
    called("begin_content", state::envelope);
    now_ = state::content;
    content_.clear();
    return server_handler::begin_content(e);
}

postrider::error_code keeper::content(std::string_view octets) {
    called("content", state::content);
    content_ += octets;
    return {};
}

reply keeper::end_content(envelope const& e) {
    called("end_content", state::content);
    now_ = state::idle;
    auto verdict = next_verdict();
    if (verdict.is_positive()) kept_.push_back(message_line(e, content_));
    return verdict;
}

std::vector<reply> keeper::lmtp_end_content(envelope const& e) {
    called("lmtp_end_content", state::content);
    now_ = state::idle;
    std::vector<reply> verdicts;
    auto taken = e;
    taken.forward_paths.clear();
    for (auto const& to : e.forward_paths)
        if (verdicts.emplace_back(next_verdict()).is_positive()) taken.forward_paths.push_back(to);
    if (!taken.forward_paths.empty()) kept_.push_back(message_line(taken, content_));
    return verdicts;
}

void keeper::abort() noexcept {
    if (now_ == state::idle && objection_.empty()) objection_ = "abort";
    now_ = state::idle;
    ++aborts_;
}

}  // namespace transcripts
