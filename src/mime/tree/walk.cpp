#include <postrider/mime/message.hpp>

/// A message's parts, one after the other.
namespace postrider::mime {
namespace {

/// The parts right below, last one first, so that a stack hands over the first one next.
void push_children(std::vector<message const*>& stack, message const& of) {
    if (auto const* inner = std::get_if<message::message_content>(&of.body())) stack.push_back(inner->enclosed.get());
    auto const* all = std::get_if<message::multipart_content>(&of.body());
    if (!all) return;
    for (auto part = all->parts.rbegin(); part != all->parts.rend(); ++part) stack.push_back(&*part);
}

std::vector<message const*> all_parts(message const& top) {
    std::vector<message const*> found, stack{&top};
    while (!stack.empty()) {
        found.push_back(stack.back());
        stack.pop_back();
        push_children(stack, *found.back());
    }
    return found;
}

std::vector<message const*> children(message const& of) {
    std::vector<message const*> found;
    push_children(found, of);
    return {found.rbegin(), found.rend()};
}

// The parts are the caller's to change: they were reached through a message that is.
mutable_part_range to_change(std::vector<message const*> const& parts) {
    std::vector<message*> mine;
    mine.reserve(parts.size());
    for (auto const* part : parts) mine.push_back(const_cast<message*>(part));
    return mutable_part_range(std::move(mine));
}

}  // namespace

std::shared_ptr<message const> message::settled_copy() const {
    auto copy = *this;
    return std::make_shared<message const>(std::move(copy.settle()));
}

// What an enclosed message is shared with must not see its changes.
void message::unshare_enclosed() {
    if (auto* inner = std::get_if<message_content>(&content_)) {
        auto own = std::make_shared<message>(*inner->enclosed);
        own->unshare_enclosed();
        inner->enclosed = std::move(own);
    }
    if (auto* all = std::get_if<multipart_content>(&content_))
        for (auto& part : all->parts) part.unshare_enclosed();
}

part_range message::walk() const {
    if (is_settled()) return part_range(all_parts(*this));
    auto copy = settled_copy();
    auto parts = all_parts(*copy);
    return part_range(std::move(parts), std::move(copy));
}

mutable_part_range message::walk() {
    settle().unshare_enclosed();
    return to_change(all_parts(*this));
}

part_range message::iter_parts() const {
    if (is_settled()) return part_range(children(*this));
    auto copy = settled_copy();
    return part_range(children(*copy), copy);
}

mutable_part_range message::iter_parts() {
    settle().unshare_enclosed();
    return to_change(children(*this));
}

message const* message::payload_at(std::size_t index) const {
    if (auto const* inner = std::get_if<message_content>(&content_))
        return index == 0 ? inner->enclosed.get() : nullptr;
    auto const* all = std::get_if<multipart_content>(&content_);
    return all && index < all->parts.size() ? &all->parts[index] : nullptr;
}

message* message::payload_at(std::size_t index) {
    settle().unshare_enclosed();
    return const_cast<message*>(std::as_const(*this).payload_at(index));
}

}  // namespace postrider::mime
