#include <utility>

#include "slots.hpp"

namespace postrider::mime::merge {
namespace {

class piece_for_all final : public slot {
public:
    explicit piece_for_all(wire::piece piece) : piece_(std::move(piece)) {}
    void write(row_values&, assembler& out) const override { out.shared(piece_); }

private:
    wire::piece piece_;
};

}  // namespace

slot_ptr common_slot(wire::piece piece) {
    return std::make_unique<piece_for_all>(std::move(piece));
}

}  // namespace postrider::mime::merge
