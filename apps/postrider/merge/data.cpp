#include "data.hpp"

#include <iostream>
#include <postrider/core/host.hpp>
#include <postrider/core/limits.hpp>
#include <utility>

#include "exit_codes.hpp"

namespace postrider::app {
namespace {

std::string room_for_a_piece() {
    return std::string(limits::file_chunk_octets, '\0');
}

mime::read_octets read_stdin() {
    return [room = room_for_a_piece()]() mutable -> result<std::string_view> {
        std::cin.read(room.data(), static_cast<std::streamsize>(room.size()));
        if (std::cin.bad()) return make_error_code(std::errc::io_error);
        return std::string_view(room.data(), static_cast<std::size_t>(std::cin.gcount()));
    };
}

bool is_json(std::string const& file, std::string const& format) {
    if (!format.empty()) return format == "json";
    return file.ends_with(".json") || file.ends_with(".jsonl") || file.ends_with(".ndjson");
}

octet_source_ptr opened(std::string const& file) {
    auto source = system_host().open(file);
    if (!source)
        throw error(exit_code::no_input, "cannot read " + file + ": " + source.error().message(),
                    "check the file's name and rights");
    return std::move(*source);
}

}  // namespace

merge_data::merge_data(std::string const& file, std::string const& format, std::vector<std::string> const& optional)
    : name_(file == "-" ? "stdin" : file) {
    mime::read_octets more;
    if (file == "-") {
        more = read_stdin();
    } else {
        auto source = opened(file);
        position_->size = source->size();
        more = [source = std::move(source), at = position_,
                room = room_for_a_piece()]() mutable -> result<std::string_view> {
            auto const got = source->read_at(at->read, room);
            if (!got) return got.error();
            at->read += *got;
            return std::string_view(room.data(), *got);
        };
    }
    auto rows = is_json(file, format) ? mime::read_json(std::move(more), optional) : mime::read_csv(std::move(more));
    if (!rows) throw error(exit_code::bad_data, name_ + ": " + rows.error().what);
    rows_ = std::move(*rows);
}

bool merge_data::next(mime::merge_row& row) {
    auto const any = rows_->next(row);
    if (!any) throw error(exit_code::bad_data, name_ + ": " + any.error().what);
    return *any;
}

std::optional<double> merge_data::share_read() const noexcept {
    if (position_->size == 0) return std::nullopt;
    return static_cast<double>(position_->read) / static_cast<double>(position_->size);
}

}  // namespace postrider::app
