#pragma once
#include <postrider/folder/mbox_writer.hpp>

#include "file.hpp"

namespace postrider::folder {

struct mbox_lock::held {
    open_file file;                  ///< the mbox, open for reading and appending
    std::filesystem::path dot_lock;  ///< to be removed; empty where there is none

    held() = default;
    held(held const&) = delete;
    held& operator=(held const&) = delete;
    ~held();
};

}  // namespace postrider::folder
