#include "connections.hpp"

#include <utility>

#include "delivery.hpp"

namespace postrider::app {

direct_connections::direct_connections(std::size_t count, direct_way& way, bulk_queue& queue, bulk_report& report,
                                       pace& steady, std::stop_token stop)
    : way_(way),
      pools_(way.client(), way.port(), count),
      queue_(queue),
      report_(report),
      pace_(steady),
      stop_(std::move(stop)) {
    for (std::size_t number = 0; number < count; ++number) threads_.emplace_back([this] { serve(); });
}

direct_connections::~direct_connections() {
    for (auto& thread : threads_) thread.join();
}

void direct_connections::serve() {
    auto const over_kept_sessions = [this](delivery::hop const& to, outgoing const& part, tell_step const&) {
        return pools_.send(to, part);
    };
    while (auto one = queue_.pop()) {
        if (!pace_.wait(stop_)) return queue_.give_back(*std::move(one));
        report_.tell(one->place, deliver_directly(one->mail, way_, over_kept_sessions, [](std::string_view) {}));
    }
}

}  // namespace postrider::app
