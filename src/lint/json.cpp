#include <boost/json/array.hpp>
#include <postrider/lint/json.hpp>

namespace postrider::lint {
namespace {

namespace json = boost::json;

json::value number(std::optional<std::size_t> const& of) {
    return of ? json::value(*of) : json::value();
}

json::object to_json(place const& where) {
    return {{"part", number(where.part)},
            {"header", where.header.empty() ? json::value() : json::value(where.header)},
            {"line", number(where.line)},
            {"offset", number(where.offset)}};
}

json::object to_json(std::vector<argument> const& arguments) {
    json::object values;
    for (auto const& one : arguments) std::visit([&](auto const& value) { values[one.name] = value; }, one.value);
    return values;
}

json::object to_json(finding const& one) {
    json::array more;
    for (std::size_t i = 1; i < one.places.size(); ++i) more.push_back(to_json(one.places[i]));
    return {{"id", one.of->id},
            {"group", to_string(one.of->group)},
            {"level", to_string(one.level)},
            {"title", one.title()},
            {"detail", one.detail()},
            {"args", to_json(one.arguments)},
            {"count", one.count},
            {"rule", one.of->rule},
            {"rule_url", one.of->rule_url},
            {"where", one.places.empty() ? json::value() : json::value(to_json(one.places.front()))},
            {"more", std::move(more)}};
}

json::array to_json(std::vector<std::string> const& texts) {
    return json::array(texts.begin(), texts.end());
}

json::object to_json(client_support const& one) {
    return {{"name", one.name},
            {"platform", one.platform},
            {"supported", to_json(one.supported)},
            {"partial", to_json(one.partial)},
            {"unsupported", to_json(one.unsupported)}};
}

json::value to_json(std::optional<spam_verdict> const& verdict) {
    if (!verdict) return nullptr;
    json::array rules;
    for (auto const& one : verdict->rules)
        rules.push_back({{"score", one.score}, {"name", one.name}, {"description", one.description}});
    return {{"score", verdict->score}, {"threshold", verdict->threshold}, {"rules", std::move(rules)}};
}

}  // namespace

json::object to_json(report const& all) {
    json::object counts;
    auto const numbers = all.counts();
    for (auto one : {level::error, level::warning, level::notice, level::pass})
        counts[to_string(one)] = numbers[static_cast<unsigned>(one)];
    json::array checks, clients, features;
    for (auto const& one : all.findings) checks.push_back(to_json(one));
    for (auto const& one : all.clients) clients.push_back(to_json(one));
    for (auto const& one : all.features) features.push_back({{"id", one.id}, {"title", one.title}, {"url", one.url}});
    return {{"counts", std::move(counts)},
            {"checks", std::move(checks)},
            {"clients", std::move(clients)},
            {"features", std::move(features)},
            {"spam", to_json(all.spam)}};
}

}  // namespace postrider::lint
