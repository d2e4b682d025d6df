#include <postrider/core/ascii.hpp>
#include <postrider/mime/message.hpp>

#include "../checks.hpp"
#include "../parse/blanks.hpp"
#include "origin.hpp"

/// Parameters of header fields, and the values of Content-Type and Content-Disposition that programs ask for.
namespace postrider::mime {
namespace {

parameterized const* parameters_of(field const* one) {
    return one ? std::get_if<parameterized>(&one->body) : nullptr;
}

}  // namespace

std::optional<std::string> message::get_boundary() const {
    auto const* type = parameters_of(find("Content-Type"));
    auto const* boundary = type ? type->find("boundary") : nullptr;
    if (!boundary || !boundary->value) return std::nullopt;
    return std::string(trim_back(*boundary->value));
}

std::optional<std::string> message::preamble() const {
    auto const* all = std::get_if<multipart_content>(&content_);
    if (!all) return std::nullopt;
    if (all->preamble) return all->preamble;
    auto const text = origin_ ? origin_->part.preamble() : std::string_view();
    return text.empty() ? std::nullopt : std::optional(std::string(text));
}

std::optional<std::string> message::epilogue() const {
    auto const* all = std::get_if<multipart_content>(&content_);
    if (!all) return std::nullopt;
    if (all->epilogue) return all->epilogue;
    auto const text = origin_ ? origin_->part.epilogue() : std::string_view();
    return text.empty() ? std::nullopt : std::optional(std::string(text));
}

}  // namespace postrider::mime
