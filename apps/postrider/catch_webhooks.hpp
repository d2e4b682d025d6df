#pragma once
#include <postrider/devserver/webhooks.hpp>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace postrider::app {

void add_webhook_option(CLI::App& command, std::vector<std::string>& into);

/// errors     app::error: config, for what is no URL
devserver::webhook_options webhooks_to(std::vector<std::string> const& urls);

}  // namespace postrider::app
