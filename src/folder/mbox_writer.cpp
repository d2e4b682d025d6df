#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <postrider/folder/mbox.hpp>

#include "from_line.hpp"
#include "held_lock.hpp"
#include "stored_octets.hpp"

namespace postrider::folder {
namespace {

result<std::uint64_t> size_of(open_file const& mbox) {
    struct stat about {};
    if (::fstat(mbox.number(), &about) != 0) return last_failure(mbox.path());
    return static_cast<std::uint64_t>(about.st_size);
}

/// The line ends that are missing between an mbox and the next From_ line, which stands behind a blank line.
result<std::string_view> missing_line_ends(open_file const& mbox, std::uint64_t size) {
    if (size == 0) return std::string_view();
    std::array<char, 3> room;
    std::uint64_t const count = std::min<std::uint64_t>(size, room.size());
    auto const got = ::pread(mbox.number(), room.data(), count, static_cast<off_t>(size - count));
    if (got < 0) return last_failure(mbox.path());
    if (static_cast<std::uint64_t>(got) != count) return make_failure(std::errc::io_error, mbox.path());
    std::string_view const tail(room.data(), count);
    if (!tail.ends_with('\n')) return "\n\n";
    return blank_line_before(tail, tail.size(), 0) == tail.size() ? "\n" : "";
}

}  // namespace

mbox_writer::mbox_writer(mbox_lock lock, mbox_write_options const& options, host const& machine) noexcept
    : lock_(std::move(lock)), options_(options), machine_(&machine) {}

result<mbox_writer> mbox_writer::open(std::filesystem::path path, mbox_write_options const& options,
                                      host const& machine) {
    auto lock = mbox_lock::take(path, options.lock);
    if (!lock) return lock.error();
    return mbox_writer(std::move(*lock), options, machine);
}

result<std::uint64_t> mbox_writer::add(std::string_view reverse_path, octet_reader& octets) {
    open_file& mbox = lock_.held_->file;
    auto const size = size_of(mbox);
    if (!size) return size.error();
    auto const gap = missing_line_ends(mbox, *size);
    if (!gap) return gap.error();
    auto const now = std::chrono::floor<std::chrono::seconds>(machine_->now());

    auto done = mbox.write(std::string(*gap) + format_envelope_line(reverse_path, now) + '\n');
    if (done) done = copy_octets(octets, options_.line_ends, from_lines::quoted, mbox);
    if (done) done = mbox.write("\n");
    if (done && options_.sync) done = mbox.sync();
    if (done) return *size + gap->size();
    // Whoever is told of a failure will add it again: nothing of it may stay.
    if (::ftruncate(mbox.number(), static_cast<off_t>(*size)) != 0) return last_failure(mbox.path());
    return done.error();
}

result<std::uint64_t> mbox_writer::add(std::string_view reverse_path, std::string_view octets) {
    view_reader reader(octets);
    return add(reverse_path, reader);
}

result<std::uint64_t> mbox_writer::add(std::string_view reverse_path, mime::wire const& message) {
    return add(reverse_path, *message.reader());
}

}  // namespace postrider::folder
