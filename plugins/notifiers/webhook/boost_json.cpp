// Boost.JSON, compiled into this plugin: Debian ships it as headers.
#include <boost/json/src.hpp>
