#pragma once
#include <doctest/doctest.h>

#include "exit_codes.hpp"

namespace postrider::app {

/// The error that `action` throws; a test failure when it throws none.
template <class Action>
error thrown_by(Action action) {
    try {
        action();
    } catch (error const& wrong) {
        return wrong;
    }
    FAIL("nothing was thrown");
    return error(exit_code::ok, "");
}

}  // namespace postrider::app
