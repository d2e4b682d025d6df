#pragma once
#include <postrider/devserver/webhooks.hpp>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace postrider::app {

struct webhook_arguments {
    std::vector<std::string> urls;
    std::string ca_file;  ///< who is trusted by those that are https://; empty: whom the system trusts
};

void add_webhook_options(CLI::App& command, webhook_arguments& into);

/// errors     app::error: config, for what is no URL, and for a CA file that cannot be used
devserver::webhook_options webhooks_to(webhook_arguments const&);

}  // namespace postrider::app
