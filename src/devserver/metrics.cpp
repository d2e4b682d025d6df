#include "metrics.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>

namespace postrider::devserver {
namespace {

/// The lines of one metric.
class page {
public:
    void begin(std::string_view name, std::string_view type, std::string_view help) {
        name_ = "postrider_" + std::string(name);
        text_.append("# HELP ").append(name_).append(" ").append(help).append("\n");
        text_.append("# TYPE ").append(name_).append(" ").append(type).append("\n");
    }
    /// `label`    as name="value", or empty; values hold no quote, backslash or line end.
    void sample(std::uint64_t value, std::string_view label = {}) {
        text_ += name_;
        if (!label.empty()) text_.append("{").append(label).append("}");
        text_.append(" ").append(std::to_string(value)).append("\n");
    }
    void counter(std::string_view name, std::string_view help, std::uint64_t value) {
        begin(name, "counter", help);
        sample(value);
    }
    void gauge(std::string_view name, std::string_view help, std::uint64_t value) {
        begin(name, "gauge", help);
        sample(value);
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_, name_;
};

void tell_mail(page& into, metrics const& m) {
    into.begin("messages_total", "counter", "Messages that came, by what became of them.");
    into.sample(m.messages_accepted - m.messages_discarded, "outcome=\"kept\"");
    into.sample(m.messages_discarded, "outcome=\"discarded\"");
    into.sample(m.messages_refused, "outcome=\"refused\"");
    into.counter("message_octets_total", "Octets of the messages that were accepted.", m.octets);
    into.counter("recipients_refused_total", "Recipients that were refused.", m.recipients_refused);
}

void tell_sessions(page& into, metrics const& m) {
    into.counter("smtp_sessions_total", "SMTP and LMTP sessions that began.", m.sessions);
    into.gauge("smtp_sessions_open", "SMTP and LMTP sessions that go on.", m.sessions_open);
    into.counter("smtp_tls_sessions_total", "SMTP and LMTP sessions under TLS.", m.tls_sessions);
    into.counter("pop3_sessions_total", "POP3 sessions that began.", m.pop3_sessions);
    into.begin("logins_total", "counter", "Logins by SMTP AUTH, by what became of them.");
    into.sample(m.logins_accepted, "outcome=\"accepted\"");
    into.sample(m.logins_refused, "outcome=\"refused\"");
}

void tell_web(page& into, metrics const& m) {
    into.begin("http_responses_total", "counter", "HTTP responses, by status code.");
    for (auto const& [status, count] : m.http_responses) into.sample(count, "code=\"" + std::to_string(status) + '"');
    into.gauge("event_listeners", "Clients that are told of events as they happen.", m.event_listeners);
}

}  // namespace

void counting_sink::line(trace_side side, std::string_view line) {
    next_.line(side, line);
    if (side == trace_side::client) {
        // Within DATA, BDAT and AUTH what the client says is no command.
        if (verb_ != "DATA" && verb_ != "BDAT" && verb_ != "AUTH") verb_ = ascii::upper(line.substr(0, line.find(' ')));
        return;
    }
    bool const is_last = line.size() == 3 || (line.size() > 3 && line[3] == ' ');
    if (is_last && std::all_of(line.begin(), line.begin() + 3, ascii::is_digit))
        count_reply((line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0'));
}

void counting_sink::count_reply(int code) {
    if (code / 100 == 3) return;  // more of the same command comes
    bool const refused = code >= 400;
    if (verb_ == "RCPT" && refused) ++metrics_.recipients_refused;
    if (verb_ == "AUTH") ++(refused ? metrics_.logins_refused : metrics_.logins_accepted);
    if (verb_ == "STARTTLS" && !refused) ++metrics_.tls_sessions;
    if ((verb_ == "DATA" || verb_ == "BDAT") && refused) ++metrics_.messages_refused;
    verb_.clear();
}

std::string to_text(metrics const& m, metrics_surroundings const& around) {
    page all;
    tell_mail(all, m);
    tell_sessions(all, m);
    tell_web(all, m);
    all.gauge("stored_messages", "Messages that are kept.", around.stored);
    all.gauge("stored_unread_messages", "Messages that are kept and that nobody has looked at.", around.unread);
    all.gauge("fault_rules", "Rules that make faults.", around.fault_rules);
    auto const started = std::chrono::floor<std::chrono::seconds>(around.started).time_since_epoch().count();
    all.gauge("process_start_time_seconds", "When the server started, in seconds since 1970.",
              static_cast<std::uint64_t>(started));
    return all.take();
}

}  // namespace postrider::devserver
