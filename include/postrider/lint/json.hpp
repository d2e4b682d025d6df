#pragma once
#include <boost/json/object.hpp>
#include <postrider/lint/report.hpp>

namespace postrider::lint {

/// As `postrider lint --json` prints it:
///
///     {"counts":{"error":N,"warning":N,"notice":N,"pass":N},
///      "checks":[{"id","group","level","title","detail","args":{..},"count":N,"rule","rule_url",
///                 "where":{"part","header","line","offset"},"more":[where]}],
///      "clients":[{"name","platform","supported":[..],"partial":[..],"unsupported":[..]}],
///      "features":[{"id","title","url"}],
///      "spam":{"score","threshold","rules":[{"score","name","description"}]}}
///
/// What is absent is null. `where` is the first place, `more` those after it.
boost::json::object to_json(report const&);

}  // namespace postrider::lint
