#include "delivery_wishes.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include "numbers.hpp"

namespace postrider::app {
namespace {

constexpr char const* group = "Delivery";

std::optional<std::chrono::seconds> seconds_of(std::optional<unsigned> count) {
    return count ? std::optional<std::chrono::seconds>(*count) : std::nullopt;
}

}  // namespace

void add_delivery_wishes(CLI::App& command, delivery_wishes& into) {
    command
        .add_option("--notify", into.notify,
                    "When to be told: success,failure,delay; or never (needs the server's DSN)")
        ->delimiter(',')
        ->expected(1)
        ->take_all()
        ->check(CLI::IsMember({"success", "failure", "delay", "never"}))
        ->type_name("WHEN")
        ->group(group);
    command.add_option("--return", into.return_content, "What of the message comes back: headers or full (DSN)")
        ->check(CLI::IsMember({"headers", "full"}))
        ->type_name("PART")
        ->group(group);
    command.add_option("--envelope-id", into.envelope_id, "What notifications name the message by (DSN)")
        ->type_name("TEXT")
        ->group(group);
    command.add_option("--deliver-by", into.deliver_by, "Deliver within so many seconds, or return it (DELIVERBY)")
        ->transform(whole_number(1, 999'999'999))
        ->type_name("SECONDS")
        ->group(group);
    command.add_option("--hold-for", into.hold_for, "Keep it so many seconds before delivery (FUTURERELEASE)")
        ->transform(whole_number(1, 999'999'999))
        ->type_name("SECONDS")
        ->group(group);
    command.add_option("--priority", into.priority, "-9 to 9, 0 being usual (MT-PRIORITY)")
        ->check(CLI::Range(-9, 9))
        ->type_name("N")
        ->group(group);
    command.add_flag("--require-tls", into.require_tls, "TLS on every hop, or return it (REQUIRETLS)")->group(group);
}

smtp::delivery_options options_of(delivery_wishes const& wish) {
    auto const asks = [&](char const* when) {
        return std::find(wish.notify.begin(), wish.notify.end(), when) != wish.notify.end();
    };
    smtp::delivery_options options;
    options.notify = {asks("success"), asks("failure"), asks("delay"), asks("never")};
    using returned = smtp::delivery_options::returned;
    if (!wish.return_content.empty())
        options.return_content = wish.return_content == "full" ? returned::full : returned::headers;
    options.envelope_id = wish.envelope_id;
    options.deliver_by = seconds_of(wish.deliver_by);
    options.hold_for = seconds_of(wish.hold_for);
    options.priority = wish.priority;
    options.require_tls = wish.require_tls;
    return options;
}

}  // namespace postrider::app
