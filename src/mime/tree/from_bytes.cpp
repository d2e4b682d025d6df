#include <algorithm>
#include <postrider/mime/from_bytes.hpp>

#include "origin.hpp"

namespace postrider::mime {

/// Makes the values out of what was parsed: from the last part to the first, so that children are there when their
/// parent wants them, and nothing recurses.
class message_builder {
public:
    message_builder(parsed_message const& parsed, std::shared_ptr<void const> owner, policy const& with)
        : table_(std::make_shared<origin_table>(parsed, std::move(owner))), policy_(with) {}

    message build(parsed_part const& top) {
        auto const end = end_of(top);
        table_->first = top.index();
        for (auto i = top.index(); i < end; ++i) table_->parts.emplace_back(*table_, table_->parsed.part(i));
        children_.resize(table_->parts.size());
        for (auto i = end; --i > top.index();) {
            auto const parent = table_->parsed.part(i).parent()->index() - table_->first;
            children_[parent].push_back(made(i));
        }
        return made(top.index());
    }

private:
    // A part and all below it stand side by side.
    std::size_t end_of(parsed_part const& top) const noexcept {
        auto i = top.index() + 1;
        while (i < table_->parsed.part_count() && table_->parsed.part(i).depth() > top.depth()) ++i;
        return i;
    }

    message made(std::size_t index) {
        std::shared_ptr<origin const> from(table_, &table_->parts[index - table_->first]);
        auto children = std::move(children_[index - table_->first]);
        message one;
        one.policy_ = policy_;
        one.has_parsed_header_ = true;
        one.default_is_message_ = is_in_digest(from->part);
        one.content_ = content_of(from, std::move(children));
        one.origin_ = std::move(from);
        return one;
    }

    static bool is_in_digest(parsed_part const& part) {
        auto const parent = part.parent();
        return parent && parent->content_type() == "multipart/digest";
    }

    static message::content content_of(std::shared_ptr<origin const> const& from, std::vector<message> children) {
        if (!from->part.is_container()) return message::parsed_content{from};
        auto const type = from->part.content_type();
        if (!type.starts_with("multipart/"))
            return message::message_content{std::make_shared<message const>(std::move(children.front()))};
        std::reverse(children.begin(), children.end());
        return message::multipart_content{std::move(children)};
    }

    std::shared_ptr<origin_table> table_;
    std::vector<std::vector<message>> children_;  // of each part; the last one first
    policy policy_;
};

namespace {

void raise_the_first(parsed_message const& parsed) {
    for (std::size_t i = 0; i < parsed.part_count(); ++i)
        if (auto const found = parsed.part(i).defects(); !found.empty())
            throw error(errc::defective, std::string(to_string(found.front().kind)) + " at octet " +
                                             std::to_string(found.front().offset));
}

}  // namespace

message message_from_part(parsed_message const& parsed, parsed_part const& part, std::shared_ptr<void const> owner,
                          policy const& with) {
    if (with.raise_on_defect) raise_the_first(parsed);
    return message_builder(parsed, std::move(owner), with).build(part);
}

message message_from_parsed(parsed_message const& parsed, std::shared_ptr<void const> owner, policy const& with) {
    return message_from_part(parsed, parsed.root(), std::move(owner), with);
}

message message_from_shared(std::shared_ptr<void const> owner, std::string_view octets, policy const& with) {
    return message_from_parsed(parse(octets), std::move(owner), with);
}

message message_from_bytes(shared_octets octets, policy const& with) {
    std::string_view const view = *octets;
    return message_from_shared(std::move(octets), view, with);
}

message message_from_bytes(std::string octets, policy const& with) {
    return message_from_bytes(std::make_shared<std::string const>(std::move(octets)), with);
}

message message_from_string(std::string text, policy const& with) {
    return message_from_bytes(std::move(text), with);
}

message message_from_file(mapped_file file, policy const& with) {
    auto owner = std::make_shared<mapped_file const>(std::move(file));
    auto const octets = owner->octets();
    return message_from_shared(std::move(owner), octets, with);
}

}  // namespace postrider::mime
