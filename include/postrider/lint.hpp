#pragma once
/// The checks of a message: what is wrong with it, by which rule, and where.
#include <postrider/lint/check.hpp>
#include <postrider/lint/examine.hpp>
#include <postrider/lint/json.hpp>
#include <postrider/lint/report.hpp>
