// The one file that compiles Asio; every other sees declarations alone.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
