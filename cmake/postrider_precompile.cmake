# With POSTRIDER_PRECOMPILE, what nearly every file includes is read once for each layer: most of the time that a build
# without optimisation takes is spent in reading it. Off by default, since it hides an include that was forgotten.
function(postrider_precompile target layer)
  if(NOT POSTRIDER_PRECOMPILE)
    return()
  endif()
  target_precompile_headers(${target} PRIVATE <algorithm> <array> <charconv> <chrono> <functional> <map> <memory>
                                              <optional> <span> <string> <system_error> <utility> <variant> <vector>)
  if(layer MATCHES "^(net|client|server|devserver)$")
    target_precompile_headers(${target} PRIVATE <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp>
                                                <boost/asio/ip/tcp.hpp> <boost/asio/redirect_error.hpp>
                                                <boost/asio/steady_timer.hpp> <boost/asio/use_awaitable.hpp>)
  endif()
  # What ccache asks for, beside CCACHE_SLOPPINESS=pch_defines,time_macros.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endfunction()
